using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class Observing_a_fact
{
    static readonly OwnershipTransferred Transfer = new(NewOwner: ItemScenario.Third);

    [Fact]
    public void of_an_unknown_item_registers_it()
    {
        var story = new ItemScenario();
        story.Then(new ObserveFact(Transfer, story.Registration()));
        Assert.Equal(
            ["item-registered", "ownership-transferred"],
            story.History.Events.Select(e => EventCatalog.Of(e.Event).Name)
        );
        Assert.Equal(ItemScenario.Third, story.State.Owner.Party);
        Assert.Contains(new ReservationKey("alias:vin", "LSVAM4187C2184847"), story.Reservations.Keys);
    }

    [Fact]
    public void of_an_unknown_item_without_registration_is_refused() =>
        Assert.Equal("item-not-found", ItemScenario.Code(new ItemScenario().Decide(new ObserveFact(Transfer, null))));

    [Theory]
    [InlineData("boat", "vin:LSVAM4187C2184847", "category-unknown")]
    [InlineData("furniture", "vin:LSVAM4187C2184847", "identifier-not-for-category")]
    [InlineData("used-car", "register:histovec/1", "item-registered + ownership-transferred")]
    [InlineData("used-car", "vin:1HGCM82643A004352", "item-registered + ownership-transferred")]
    public void asks_what_every_registration_asks_but_check_digits(string category, string identifier, string outcome)
    {
        var registration = new RegisterItem(ItemScenario.Item, category, [ItemScenario.Named(identifier)]);
        Assert.Equal(
            outcome,
            ItemScenario.Outcome(new ItemScenario(category).Decide(new ObserveFact(Transfer, registration)))
        );
    }

    [Fact]
    public void keeps_the_verdict_of_a_wrong_check_digit()
    {
        var registration = new RegisterItem(
            ItemScenario.Item,
            "used-car",
            [ItemScenario.Named("vin:1HGCM82643A004352")]
        );
        var verdicts = new ItemScenario().Decide(new ObserveFact(Transfer, registration)).Verdicts;
        Assert.Contains(
            verdicts,
            v => (v.RuleId, v.Result, v.Severity) == ("id-vin-check-strict", Result.Hit, Severity.Block)
        );
    }

    [Fact]
    public void of_a_registration_is_one_event_with_its_own_words()
    {
        var story = new ItemScenario();
        var said = new ItemRegistered("", [], "Renault", Fuel: "diesel")
        {
            Facts = ExtraFields.Of([new("vehicleClass", "M1")]),
        };
        var decision = story.Decide(new ObserveFact(said, story.Registration() with { Make = null, Model = "Clio" }));
        var registered = Assert.IsType<ItemRegistered>(Assert.Single(decision.Events));
        Assert.Equal(
            ("used-car", "Renault", "Clio", "diesel", "M1"),
            (registered.Category, registered.Make, registered.Model, registered.Fuel, registered.Facts!["vehicleClass"])
        );
    }

    public static TheoryData<string> States =>
        [.. SampleCommands.States.Select(s => s.Name).Where(n => n != "unknown")];

    [Theory]
    [MemberData(nameof(States))]
    public void is_accepted_from_every_state(string state)
    {
        var story = SampleCommands.State(state).Reach(new());
        foreach (var fact in Samples.OfItems)
        {
            var decision = story.Decide(new ObserveFact(fact, null));
            Assert.Same(fact, Assert.Single(decision.Events));
        }
    }

    [Theory]
    [InlineData("held", true)]
    [InlineData("encumbered", true)]
    [InlineData("deal open", false)]
    public void out_of_its_sequence_says_so(string state, bool marked)
    {
        var verdicts = SampleCommands.State(state).Reach(new()).Decide(new ObserveFact(Transfer, null)).Verdicts;
        Assert.Equal(marked, verdicts.Any(v => v is { Result: Result.OutOfSequence, Severity: Severity.Info }));
    }

    [Fact]
    public void of_a_second_registration_is_out_of_sequence()
    {
        var verdicts = new ItemScenario()
            .Registered()
            .Decide(new ObserveFact(new ItemRegistered("used-car", []), null))
            .Verdicts;
        Assert.Equal(["out-of-sequence"], verdicts.Select(v => v.RuleId));
    }

    [Fact]
    public void keeps_the_verdict_that_a_desk_would_refuse_for()
    {
        var verdicts = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Pledge())
            .Decide(new ObserveFact(Transfer, null))
            .Verdicts;
        Assert.Contains(
            verdicts,
            v => (v.RuleId, v.Result, v.Severity) == ("trade-prohibited-encumbered", Result.Hit, Severity.Block)
        );
    }

    [Fact]
    public void that_arrives_late_takes_its_place_in_time()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new OdometerObserved(70_000), ItemScenario.Start.AddDays(20));
        story.Observe(new OdometerObserved(60_000), ItemScenario.Start.AddDays(10));
        Assert.Equal(
            (70_000L, ShanghaiDay.Of(ItemScenario.Start.AddDays(20))),
            (story.State.Condition.OdometerKm!.Value, story.State.Condition.Odometer.Shown!.On)
        );
    }

    [Fact]
    public void that_arrives_late_is_judged_on_the_state_of_its_time()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new EncumbranceRegistered(), ItemScenario.Start.AddDays(20))
            .Observe(new OdometerObserved(70_000), ItemScenario.Start.AddDays(20));
        Assert.DoesNotContain(
            story.Decide(new ObserveFact(Transfer, null), ItemScenario.Start.AddDays(10)).Verdicts,
            v => v.RuleId == "trade-prohibited-encumbered"
        );
        Assert.DoesNotContain(
            story.Decide(new ObserveFact(new OdometerObserved(60_000), null), ItemScenario.Start.AddDays(10)).Verdicts,
            v => v.Result is Result.Hit
        );
        Assert.Contains(
            story.Decide(new ObserveFact(new OdometerObserved(60_000), null), ItemScenario.Start.AddDays(21)).Verdicts,
            v => (v.RuleId, v.Result) == ("odo-rollback", Result.Hit)
        );
    }

    [Fact]
    public void of_an_export_and_its_end_moves_the_item()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new ItemExported())
            .Observe(new DestinationRegistered("BE", OdometerKm: 88_000));
        Assert.Equal(
            (Life.Exported, "BE", 88_000L),
            (story.State.Life, story.State.Export.Country, story.State.Condition.OdometerKm)
        );
        story.Observe(new ItemReimported());
        Assert.Equal((Life.Held, null), (story.State.Life, story.State.Export.Country));
    }

    [Fact]
    public void of_a_brand_keeps_each_once()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new BrandRecorded(Brand.Flood))
            .Observe(new BrandRecorded(Brand.Fire))
            .Observe(new BrandRecorded(Brand.Flood));
        Assert.Equal([Brand.Flood, Brand.Fire], story.State.Condition.Brands);
    }
}
