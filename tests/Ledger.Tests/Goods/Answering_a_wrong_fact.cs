using System.Text.Json;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

/// <summary>Corrections and voids of domain.md §6.</summary>
public sealed class Answering_a_wrong_fact
{
    const string Other = "other side";

    static (ItemScenario Story, Guid Target) Graded()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Grade(900, 1));
        return (story, story.Last);
    }

    static CorrectEvent Correction(Guid target, LedgerEvent to) => SampleCommands.Correct(target, "typo", to, "photo");

    static VoidEvent Void(Guid target) => new(target, "mistake", "photo");

    [Fact]
    public void puts_the_right_one_in_its_place()
    {
        var (story, target) = Graded();
        story.Then(Correction(target, new ItemGraded("GB/T 30323-2013", 700, 2, false)));
        Assert.Equal(2, story.State.Condition.Grade);
        Assert.Equal(3, story.History.Events.Count);
        var answer = Assert.IsType<Corrected<ItemGraded>>(story.History.Events[^1].Event);
        Assert.Equal((target, "typo", "photo"), (answer.Target, answer.Reason, answer.Evidence));
    }

    [Fact]
    public void removes_what_did_not_happen()
    {
        var (story, target) = Graded();
        story.Then(SampleCommands.Grade(700, 2)).Then(Void(story.Last));
        Assert.Equal(1, story.State.Condition.Grade);
        Assert.Null(story.Then(Void(target)).State.Condition.Grade);
    }

    [Fact]
    public void may_be_done_again_until_it_is_voided()
    {
        var (story, target) = Graded();
        story
            .Then(Correction(target, new ItemGraded(null, 700, 2)))
            .Then(Correction(target, new ItemGraded(null, 300, 3)));
        Assert.Equal(3, story.State.Condition.Grade);
        story.Then(Void(target));
        Assert.Equal("already-voided", ItemScenario.Code(story.Decide(Void(target))));
        Assert.Equal(
            "already-voided",
            ItemScenario.Code(story.Decide(Correction(target, new ItemGraded(null, 700, 2))))
        );
    }

    [Fact]
    public void needs_its_target_in_the_same_history()
    {
        var refusal = Assert.Single(new ItemScenario().Registered().Decide(Void(ItemScenario.Stranger)).Refusals);
        // The path names it.
        Assert.Equal(("event-not-found", null), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void is_refused_for_what_has_no_twin()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Intake);
        var refusal = Assert.Single(story.Decide(Void(story.Last)).Refusals);
        Assert.Equal(("not-correctable", "stock-taken-in.v1"), (refusal.Code, refusal.With["type"]));
    }

    [Fact]
    public void is_refused_for_an_answer_and_for_members_of_another_event()
    {
        var (story, target) = Graded();
        var wrong = CorrectedFacts
            .None.Members.Add("score", JsonElement.Parse("{}"))
            .Add("grade", JsonElement.Parse("\"x\""));
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(
                story.Decide(new CorrectEvent(target, "x", CorrectedFacts.None with { Members = wrong }, null))
            )
        );
        story.Then(Correction(target, new ItemGraded(null, 700, 2)));
        Assert.Equal("not-correctable", ItemScenario.Code(story.Decide(Void(story.Last) with { Evidence = null })));
    }

    [Fact]
    public void leaves_category_and_identifiers_of_a_registration()
    {
        var story = new ItemScenario().Registered();
        var was = (ItemRegistered)story.History.Events[0].Event;
        Assert.Equal(
            "not-correctable",
            ItemScenario.Code(story.Decide(Correction(story.Last, was with { Category = "furniture" })))
        );
        Assert.Equal(
            "not-correctable",
            ItemScenario.Code(story.Decide(Correction(story.Last, was with { Identifiers = [] })))
        );
        Assert.Equal("Right", story.Then(Correction(story.Last, was with { Make = "Right" })).State.Make);
    }

    [Fact]
    public void alone_is_the_recorders_on_the_same_day()
    {
        var (story, target) = Graded();
        var midnight = ShanghaiDay.Start(new(2026, 1, 6));
        Assert.False(story.Decide(Void(target), now: midnight.AddMilliseconds(-1)).IsRefused);
        Assert.Equal("correction-window-over", ItemScenario.Code(story.Decide(Void(target), now: midnight)));
        Assert.False(story.Decide(Void(target), now: midnight, second: Other).IsRefused);
    }

    [Fact]
    public void afterwards_takes_the_other_side_or_an_authority()
    {
        var story = new ItemScenario().Paid();
        var midnight = ShanghaiDay.Start(new(2026, 1, 6));
        foreach (
            var (side, code) in new[]
            {
                (ItemScenario.Buyer, null),
                (ItemScenario.Seller, null),
                (ItemScenario.Third, "not-the-other-side"),
            }
        )
        {
            story.Second = side;
            var said = story.Decide(Void(story.Last), now: midnight, second: Other);
            Assert.Equal(code, said.IsRefused ? ItemScenario.Code(said) : null);
        }
        story.Second = ItemScenario.Buyer;
        story.Self = ItemScenario.Buyer;
        Assert.Equal(
            "not-the-other-side",
            ItemScenario.Code(story.Decide(Void(story.Last), now: midnight, second: Other))
        );
    }

    [Fact]
    public void takes_no_invoice_back_that_a_transfer_rests_on()
    {
        var story = new ItemScenario().Invoiced();
        var invoice = story.Last;
        story.Checked().Then(ItemScenario.Station);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(Void(invoice), second: Other)));
    }

    [Fact]
    public void is_no_act_of_strangers_be_they_two()
    {
        var (story, target) = Graded();
        Assert.Equal("not-the-recorder", ItemScenario.Code(story.Decide(Void(target), actor: "somebody")));
        Assert.Equal(
            "not-the-recorder",
            ItemScenario.Code(story.Decide(Void(target), actor: "somebody", second: Other))
        );
        // A recorder who only counter-signs corrects nothing.
        Assert.Equal(
            "not-the-recorder",
            ItemScenario.Code(story.Decide(Void(target), actor: "somebody", second: ItemScenario.Clerk))
        );
    }

    [Fact]
    public void of_a_reading_brings_its_evidence()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(500_000));
        Assert.Equal("evidence-missing", ItemScenario.Code(story.Decide(Void(story.Last) with { Evidence = null })));
        var silent = Correction(story.Last, new OdometerObserved(50_000)) with { Evidence = null };
        Assert.Equal("evidence-missing", ItemScenario.Code(story.Decide(silent)));
    }

    [Fact]
    public void of_an_invoice_or_a_payment_says_the_sum_that_was_agreed()
    {
        var story = new ItemScenario().Paid();
        var paid = new DealPaymentRecorded(ItemScenario.Deal, 1, "CNY", "bank");
        Assert.Equal("amount-differs", ItemScenario.Code(story.Decide(Correction(story.Last, paid))));
        story.Then(ItemScenario.Invoice());
        var invoice = (DealInvoiced)story.History.Events[^1].Event;
        var less = invoice with { GrossFen = 100, NetFen = 100, TaxFen = 0 };
        Assert.Equal("amount-differs", ItemScenario.Code(story.Decide(Correction(story.Last, less))));
        Assert.False(story.Decide(Correction(story.Last, invoice with { NetFen = 4_800_000, TaxFen = 0 })).IsRefused);
    }

    [Fact]
    public void of_a_transfer_makes_nobody_else_the_owner_and_takes_no_other_road()
    {
        var story = new ItemScenario().Invoiced().Checked().Then(ItemScenario.Station);
        var moved = (OwnershipTransferred)story.History.Events[^1].Event;
        foreach (
            var other in (OwnershipTransferred[])
                [moved with { NewOwner = ItemScenario.Third }, moved with { Via = TransferVia.Court }]
        )
            Assert.Equal("not-correctable", ItemScenario.Code(story.Decide(Correction(story.Last, other))));
        Assert.False(story.Decide(Correction(story.Last, moved with { ToRegion = "510104" })).IsRefused);
    }

    [Fact]
    public void alone_stops_where_something_depends_on_it()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer());
        var listing = story.Last;
        story.Then(SampleCommands.Inspection).Then(SampleCommands.Withdrawal);
        var refusal = Assert.Single(story.Decide(Void(listing)).Refusals);
        Assert.Equal(
            ("dependent-events-exist", "listing-withdrawn.v1", (Guid?)story.Last),
            (refusal.Code, refusal.With["type"], refusal.BlockingEvent)
        );
        Assert.Equal(Life.Held, story.Then(Void(listing), second: Other).State.Life);
    }

    [Fact]
    public void alone_may_pass_over_what_does_not_depend_on_it()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer());
        var listing = story.Last;
        Assert.Equal(Life.Held, story.Then(SampleCommands.Inspection).Then(Void(listing)).State.Life);
    }

    [Fact]
    public void of_a_reading_has_a_name_of_its_own()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(500_000));
        story.Then(Correction(story.Last, new OdometerObserved(50_000)));
        Assert.Equal(
            new OdometerCorrected(ItemScenario.Id(1002), OdometerCause.Misread, 50_000, "photo", "typo"),
            story.History.Events[^1].Event
        );
        Assert.Equal(50_000, story.State.Condition.OdometerKm);
        Assert.Equal(
            "not-correctable",
            ItemScenario.Code(story.Decide(Correction(ItemScenario.Id(1002), new OdometerObserved(null))))
        );
        Assert.Null(story.Then(Void(ItemScenario.Id(1002))).State.Condition.OdometerKm);
    }

    [Fact]
    public void of_a_transfer_gives_the_item_back()
    {
        var story = new ItemScenario()
            .Registered(ItemScenario.Seller)
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice())
            .Checked()
            .Then(ItemScenario.Station);
        story.Then(Void(story.Last), second: Other);
        Assert.Equal(
            (Life.InDeal, ItemScenario.Seller, DealState.InTransfer),
            (story.State.Life, story.State.Owner.Party, story.State.Trade.LiveDeal!.State)
        );
    }

    /// <summary>A correction is judged like a first recording: it must be right.</summary>
    static LedgerEvent Right(Type type, ItemScenario story) =>
        type == typeof(ItemRegistered) ? story.History.Events[0].Event
        : type == typeof(ItemGraded) ? new ItemGraded("GB/T 30323-2013", 905, 1, false)
        : type == typeof(DealInvoiced) ? new DealInvoiced(null, GrossFen: 3, NetFen: 2, TaxFen: 1)
        // Two media of one number are none.
        : Samples.Of(type) is ItemMediaDeclared { Media: [var one, ..] } media ? media with { Media = [one] }
        : Samples.Of(type);

    public static TheoryData<Type> Twins =>
        [
            .. EventCatalog
                .All.Select(l => l.Type)
                .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Voided<>))
                .Select(t => t.GetGenericArguments()[0]),
        ];

    [Theory]
    [MemberData(nameof(Twins))]
    public void works_for_every_twin(Type type)
    {
        var story = new ItemScenario().Registered();
        if (type != typeof(ItemRegistered))
            story.Append(Samples.Of(type));
        var target = story.Last;
        var to = Right(type, story);
        Assert.IsType(
            type == typeof(OdometerObserved) ? typeof(OdometerCorrected) : typeof(Corrected<>).MakeGenericType(type),
            Assert.Single(story.Decide(Correction(target, to)).Events)
        );
        Assert.IsType(typeof(Voided<>).MakeGenericType(type), Assert.Single(story.Decide(Void(target)).Events));
    }

    [Fact]
    public void keeps_both_in_the_history_as_it_was_known()
    {
        var (story, target) = Graded();
        var before = story.Clock.AddSeconds(-1);
        story.Then(Void(target)).Observe(new ItemExported(), ItemScenario.Start.AddDays(3));
        Assert.Equal(2, story.History.Read(knownAt: before).Length);
        Assert.Equal(3, story.History.Read(asOf: Moment.Of(ItemScenario.Start.AddDays(1))).Length);
        Assert.Equal(1, ItemFold.Fold(story.History.Read(knownAt: before))!.Condition.Grade);
    }

    /// <summary>A corrected number has bounds, as the first one had.</summary>
    [Fact]
    public void knows_the_unit_of_every_number()
    {
        var numbers = Modules
            .Correctable.Keys.SelectMany(e => e.GetConstructors()[0].GetParameters())
            .Where(p =>
                (Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType) is var t
                && (t == typeof(long) || t == typeof(int))
            )
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!))
            .ToList();
        Assert.Contains("rateBp", numbers);
        Assert.All(numbers, name => Assert.NotNull(Bounds.OfMember(name)));
    }

    static CorrectEvent Saying(Guid target, string facts)
    {
        var said = CorrectedFacts.None;
        foreach (var member in JsonElement.Parse(facts).EnumerateObject())
            said = said with { Members = said.Members.SetItem(member.Name, member.Value) };
        return new(target, "typo", said, null);
    }

    [Fact]
    public void builds_on_the_correction_before_it()
    {
        var (story, target) = Graded();
        story
            .Then(Saying(target, """{"scoreTenths":910}"""))
            .Then(Saying(target, """{"standard":"GB/T 30323-2013 (2)"}"""));
        var stands = Assert.IsType<ItemGraded>(story.History.Steps[^1].Event.Event);
        Assert.Equal((910, "GB/T 30323-2013 (2)"), (stands.ScoreTenths, stands.Standard));
    }

    /// <summary>Ids, what the ledger derived, what the event has no place for, what has another type.</summary>
    [Theory]
    [InlineData("""{"listingId":"00000000-0000-8000-8000-000000000000"}""")]
    [InlineData("""{"listingId":null}""")]
    [InlineData("""{"disclosure":null}""")]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""{"askFen":"1"}""")]
    public void says_members_that_a_party_stated_and_no_other(string facts)
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.Offer());
        Assert.Equal("value-malformed", ItemScenario.Code(story.Decide(Saying(story.Last, facts))));
    }

    [Theory]
    [InlineData("""{"observedOn":"2019-01-01"}""")]
    [InlineData("""{"verdict":"plausible"}""")]
    public void of_a_reading_says_its_number_alone(string facts)
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(5));
        Assert.Equal("value-malformed", ItemScenario.Code(story.Decide(Saying(story.Last, facts))));
    }

    [Fact]
    public void drops_nothing_that_was_said_in_silence()
    {
        var story = new ItemScenario("electronics").Registered().Then(SampleCommands.Media());
        var said = Saying(story.Last, """{"media":[{"ix":0,"type":"ufs","colour":"red"}]}""");
        var refusal = Assert.Single(story.Decide(said).Refusals);
        Assert.Equal(("value-malformed", "facts.media[0].colour"), (refusal.Code, refusal.With["name"]));
    }
}
