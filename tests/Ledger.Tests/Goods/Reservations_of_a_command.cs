using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Trading;
using Support;

namespace Ledger.Tests.Goods;

/// <summary>A decision may rest on a reservation only if it was named before: the write door loads no other.</summary>
public sealed class Reservations_of_a_command
{
    static readonly ReservationKey Vin = new("alias:vin", "LSVAM4187C2184847"),
        Cars = TradeReservations.Cars(ItemScenario.Seller, 2026),
        Market = SiteReservations.Market(ItemScenario.Market),
        Undated = TradeReservations.CarsUndated(ItemScenario.Seller, 2026);

    static IEnumerable<ReservationKey> Of(ItemCommand command, ItemScenario story) =>
        ItemDecisions
            .Reservations(command, story.History, new(At, At, RuleSet.Current, ItemScenario.By), story.Reservations)
            .Keys;

    static readonly DateTimeOffset At = new(2026, 1, 5, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void are_those_it_looks_at()
    {
        var story = new ItemScenario().Opened();
        Assert.Equal([Vin], Of(story.Registration(), story));
        Assert.Equal(
            [SiteReservations.Market(ItemScenario.Market), SiteReservations.State(ItemScenario.Market)],
            Of(ItemScenario.Offer(), story)
        );
        Assert.Equal(
            [new("alias:vin", "1M8GDM9AXKP042788")],
            Of(new AddIdentifier(ItemScenario.Named("vin:1M8GDM9AXKP042788"), null), story)
        );
        Assert.Equal([Cars, Undated], Of(ItemScenario.AgreePrice, story));
        Assert.Equal([SiteReservations.State("ST-1"), Cars, Undated], Of(ItemScenario.Station, story));
        Assert.Equal([TradeReservations.Invoice("7"), Cars, Undated], Of(ItemScenario.Invoice("7"), story));
        foreach (var item in (ItemScenario[])[story, new()])
            Assert.Equal(
                [Vin, Market, TradeReservations.Invoice("7"), Cars, Undated],
                Of(story.Sold(invoice: "7"), item)
            );
        Assert.Equal([Vin, Cars, Undated], Of(new ObserveFact(ItemScenario.Sale(), story.Registration()), new()));
        Assert.Equal([Vin, Cars, Undated], Of(new ObserveFact(ItemScenario.Sale(), story.Registration()), story));
        Assert.Empty(Of(SampleCommands.Inspection, story));
    }

    [Fact]
    public void of_a_void_is_the_counter_in_which_the_sale_was_counted()
    {
        var story = new ItemScenario().Registered();
        story.Then(story.Sold());
        Assert.Equal([Undated], Of(new VoidEvent(story.Last, "x", null), story));
        Assert.Empty(Of(new VoidEvent(ItemScenario.Stranger, "x", null), story));
    }

    [Fact]
    public void that_change_were_all_named()
    {
        foreach (var (state, _) in SampleCommands.States)
        foreach (var (name, command) in SampleCommands.All)
        {
            var story = SampleCommands.At(state);
            var act = command(story);
            var named = ItemDecisions
                .Reservations(
                    act,
                    story.History,
                    new(story.Clock, story.Clock, RuleSet.Current, ItemScenario.By),
                    story.Reservations
                )
                .Keys.ToHashSet();
            Assert.Empty(
                story
                    .Decide(act)
                    .Reservations.Select(g => g.Key)
                    .Where(k => !named.Contains(k))
                    .Select(k => $"{name}: {k}")
            );
        }
    }

    /// <summary>They are stored under these names: another name would find none of what is taken already.</summary>
    [Fact]
    public void are_called_as_they_are_stored()
    {
        Assert.Equal(
            [
                new("cars", "MK-510100-0007/K-1:2026"),
                new("cars-undated", "MK-510100-0007/K-1:2026"),
                new("invoice", "MK-1:7"),
                new("medium", "h"),
                new("alias:market", "MK-1"),
                new("site", "ST-1"),
                new("wipe-report", "a"),
                new("wipe-report", "b"),
            ],
            (ReservationKey[])
                [
                    TradeReservations.Cars(ItemScenario.Seller, 2026),
                    TradeReservations.CarsUndated(ItemScenario.Seller, 2026),
                    TradeReservations.Invoice("MK-1:7"),
                    WipeReservations.Medium("h"),
                    SiteReservations.Market("MK-1"),
                    SiteReservations.State("ST-1"),
                    .. WipeReservations.Reports(["a", "b", "a"]),
                ]
        );
    }
}
