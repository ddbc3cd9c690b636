using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

/// <summary>Another register says what else a thing is called by.</summary>
public sealed class Observing_an_identifier
{
    static readonly NamedIdentifier Other = ItemScenario.Named("vin:1M8GDM9AXKP042788");
    static readonly ReservationKey Row = ItemReservations.Alias(Other.Identifier);

    static ObserveFact Adding(NamedIdentifier identifier, RegisterItem? registration = null) =>
        new(new ItemIdentifierAdded(identifier.Ref), registration) { Adds = identifier };

    [Fact]
    public void binds_it_where_it_is_free()
    {
        var story = new ItemScenario().Registered();
        var decision = story.Decide(Adding(Other));
        Assert.Equal("item-identifier-added", ItemScenario.Outcome(decision));
        Assert.Equal(new ReservationChange(Row, null, $"{ItemScenario.Item}"), Assert.Single(decision.Reservations));
    }

    [Fact]
    public void takes_nothing_where_it_is_its_own_already()
    {
        var story = new ItemScenario().Registered();
        story.Reservations[Row] = $"{ItemScenario.Item}";
        var decision = story.Decide(Adding(Other));
        Assert.Equal("item-identifier-added", ItemScenario.Outcome(decision));
        Assert.Empty(decision.Reservations);
    }

    [Fact]
    public void is_refused_where_another_thing_bears_it()
    {
        var story = new ItemScenario().Registered();
        story.Reservations[Row] = $"{ItemScenario.Stranger}";
        var refusal = Assert.Single(story.Decide(Adding(Other)).Refusals);
        Assert.Equal(("alias-taken", "facts"), (refusal.Code, refusal.Field));
        Assert.Equal($"{Other.Identifier}", $"{refusal.With["value"]}");
    }

    /// <summary>What another register holds is not refused for its check digit: the verdict is kept.</summary>
    [Fact]
    public void keeps_the_verdict_of_its_check_digit_by_the_things_own_category()
    {
        var wrong = ItemScenario.Named("vin:1HGCM82643A004352");
        foreach (var story in (ItemScenario[])[new ItemScenario().Registered(), new ItemScenario()])
        {
            var decision = story.Decide(Adding(wrong, story.Registration()));
            Assert.False(decision.IsRefused);
            Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("id-vin-check-strict", Result.Hit));
        }
    }

    [Fact]
    public void says_out_of_sequence_where_no_deal_goes_on()
    {
        LedgerEvent[] ofADeal =
        [
            new DealAgreed(ItemScenario.Deal, 1, "CNY"),
            new DealPaymentRecorded(ItemScenario.Deal, 1, "CNY"),
            new DealInvoiced(ItemScenario.Deal),
            new InvoiceVoided(ItemScenario.Deal, "x"),
        ];
        foreach (var fact in ofADeal)
        {
            Assert.Contains(Sequence(new ItemScenario().Registered(), fact), v => v.Inputs["life"] == "held");
            Assert.Empty(Sequence(new ItemScenario().Opened(), fact));
        }

        static IEnumerable<Verdict> Sequence(ItemScenario story, LedgerEvent fact) =>
            story.Decide(new ObserveFact(fact, null)).Verdicts.Where(v => v.RuleId == "out-of-sequence");
    }

    /// <summary>A fact of the very instant of the newest one is no late one.</summary>
    [Fact]
    public void is_judged_on_what_stood_at_its_own_instant()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Pledge());
        var pledged = story.History.Events[^1].Envelope.OccurredAt;
        bool Encumbered(DateTimeOffset at) =>
            story
                .Decide(new ObserveFact(new OwnershipTransferred(NewOwner: ItemScenario.Third), null), at)
                .Verdicts.Any(v => v is { RuleId: "trade-prohibited-encumbered", Result: Result.Hit });
        Assert.True(Encumbered(pledged));
        Assert.False(Encumbered(pledged.AddMilliseconds(-1)));
    }
}
