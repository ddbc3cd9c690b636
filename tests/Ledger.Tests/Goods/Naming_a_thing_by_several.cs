using Ledger.Goods;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

/// <summary>A fact names a known thing by one identifier more: it is bound to that thing, or the fact is
/// refused.</summary>
public sealed class Naming_a_thing_by_several
{
    static readonly NamedIdentifier First = ItemScenario.Named("imei:490154203237518"),
        Second = ItemScenario.Named("imei:356938035643809"),
        Wrong = ItemScenario.Named("imei:356938035643808"),
        Frame = ItemScenario.Named("vin:1M8GDM9AXKP042788");

    readonly ItemScenario phone = new("electronics");

    static RegisterItem Named(params NamedIdentifier[] identifiers) =>
        new(ItemScenario.Item, "electronics", [.. identifiers]);

    static RecordSale Sale(params NamedIdentifier[] identifiers) =>
        new(
            new(
                ItemScenario.Seller,
                ItemScenario.Buyer,
                PartyKind.Dealer,
                PartyKind.Person,
                120_000,
                "CNY",
                ItemScenario.Start
            ),
            ItemScenario.Market,
            Named(identifiers),
            null
        );

    static ObserveFact Fact(params NamedIdentifier[] identifiers) =>
        new(new RepairRecorded("screen", RepairOutcome.Fixed), Named(identifiers));

    void Known() => phone.Then(Fact(First), ItemScenario.Start.AddDays(-1));

    [Fact]
    public void binds_the_further_one_in_the_same_sale()
    {
        Known();
        phone.Then(Sale(First, Second));
        Assert.Equal(
            ["ItemIdentifierAdded", "SaleRecorded"],
            phone.History.Events.Skip(2).Select(e => e.Event.GetType().Name)
        );
        Assert.Equal([First.Ref, Second.Ref], phone.State.Identifiers);
        Assert.Equal($"{ItemScenario.Item}", phone.Reservations[ItemReservations.Alias(Second.Identifier)]);
        // Known now: nothing is bound twice.
        phone.Then(Fact(Second, First));
        Assert.Equal(5, phone.History.Events.Count);
    }

    [Fact]
    public void binds_the_further_one_with_a_past_fact()
    {
        Known();
        phone.Then(Fact(First, Second), ItemScenario.Start.AddDays(-30));
        Assert.Equal(
            ["ItemIdentifierAdded", "RepairRecorded"],
            phone.History.Events.Skip(2).Select(e => e.Event.GetType().Name)
        );
        Assert.Contains(Second.Ref, phone.State.Identifiers);
    }

    [Fact]
    public void binds_it_once_where_the_fact_itself_is_the_binding()
    {
        Known();
        phone.Then(new ObserveFact(new ItemIdentifierAdded(Second.Ref), Named(First, Second)) { Adds = Second });
        Assert.Single(phone.History.Events, e => e.Event is ItemIdentifierAdded);
        Assert.Equal([First.Ref, Second.Ref], phone.State.Identifiers);
    }

    /// <summary>A market reports its own sale and is answered for it; what another register holds stands with its
    /// verdict.</summary>
    [Fact]
    public void asks_its_check_digit_as_a_registration_does()
    {
        Known();
        Assert.Equal("imei-check-failed", ItemScenario.Code(phone.Decide(Sale(First, Wrong))));
        Assert.Contains(
            phone.Decide(Fact(First, Wrong)).Verdicts,
            v => v is { RuleId: "id-imei-check", Result: Result.Hit }
        );
        phone.Then(Fact(First, Wrong));
        Assert.Contains(Wrong.Ref, phone.State.Identifiers);
    }

    [Fact]
    public void refuses_a_kind_that_the_category_does_not_have()
    {
        Known();
        Assert.Equal("identifier-not-for-category", ItemScenario.Code(phone.Decide(Sale(First, Frame))));
        Assert.Equal("identifier-not-for-category", ItemScenario.Code(phone.Decide(Fact(First, Frame))));
        var other = ItemScenario.Named("register:test/1");
        Assert.Equal("identifier-not-for-category", ItemScenario.Code(phone.Decide(Sale(First, other))));
        phone.Then(Fact(First, other));
        Assert.Contains(other.Ref, phone.State.Identifiers);
    }

    [Fact]
    public void refuses_one_that_another_thing_bears()
    {
        Known();
        phone.Reservations[ItemReservations.Alias(Second.Identifier)] = $"{ItemScenario.Stranger}";
        Assert.Equal("identifiers-of-two-items", ItemScenario.Code(phone.Decide(Sale(First, Second))));
        Assert.Equal("identifiers-of-two-items", ItemScenario.Code(phone.Decide(Fact(First, Second))));
    }

    [Fact]
    public void refuses_one_that_was_taken_back_from_it()
    {
        Known();
        phone.Then(new AddIdentifier(Second, null)).Then(new CorrectIdentifier(Second, "mistyped", "photo"));
        foreach (var command in (ItemCommand[])[Sale(First, Second), Fact(First, Second)])
        {
            var refused = Assert.Single(phone.Decide(command).Refusals);
            Assert.Equal(("identifier-taken-back", "identifiers"), (refused.Code, refused.Field));
        }
    }

    [Fact]
    public void refuses_a_registration_that_names_two_things()
    {
        phone.Reservations[ItemReservations.Alias(First.Identifier)] = $"{ItemScenario.Stranger}";
        Assert.Equal("item-exists", ItemScenario.Code(phone.Decide(Named(Second, First))));
        phone.Reservations[ItemReservations.Alias(Second.Identifier)] = $"{ItemScenario.Id(77)}";
        Assert.Equal("identifiers-of-two-items", ItemScenario.Code(phone.Decide(Named(Second, First))));
    }
}
