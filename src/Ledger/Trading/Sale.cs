using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>
/// A completed sale: where, when and for how much it counts. This is the one definition: turnover, prices, indicators,
/// frozen reports, histories by market and what is saved of them all ask it. A deal that ended in a transfer counts
/// where its deal was made, whoever posts the transfer; a market's register reports its own sales. A place that no
/// event names stays unknown.
/// </summary>
/// <param name="On">The day the ownership passed.</param>
/// <param name="Market">Null: no event says.</param>
public sealed record Sale(
    DateOnly On,
    string? Market,
    PartyKind? SellerKind,
    PartyKind? BuyerKind,
    long? PriceFen,
    string? Currency
)
{
    /// <summary>First day of the month it counts in.</summary>
    public DateOnly Month => new(On.Year, On.Month, 1);

    /// <summary>Six digits of GB/T 2260: its market's; null where the market is unknown.</summary>
    public string? Division => MarketCode.IsWellFormed(Market) ? MarketCode.DivisionOf(Market) : null;

    /// <summary>Every sale of an item, once each, in the order of folding.</summary>
    public static IEnumerable<(StoredEvent Event, Item Before, Sale Sale)> AllOf(ItemHistory history)
    {
        foreach (var (e, before, _) in history.Steps)
            if (before is not null && Of(before, e) is { } sale)
                yield return (e, before, sale);
    }

    /// <param name="before">The item as it stood when it happened.</param>
    /// <returns>Null where the event completes no sale.</returns>
    public static Sale? Of(Item before, StoredEvent e) =>
        e.Event switch
        {
            SaleRecorded s when LifeTable.Fits(before, s) => new(
                DayOf(s, e.Envelope),
                e.Envelope.Market,
                s.SellerKind,
                s.BuyerKind,
                s.PriceFen,
                s.Currency
            ),
            // What goes back after a rescission is returned, not sold.
            OwnershipTransferred t
                when before.Trade.Deal(t.DealId) is { IsLive: true } deal && !before.Trade.Returns(deal) => new(
                t.RegisteredOn ?? e.Envelope.When.Day,
                deal.Market ?? (t.Via is TransferVia.HandOver ? e.Envelope.Market : null),
                deal.SellerKind,
                deal.BuyerKind,
                deal.PriceFen,
                deal.Currency
            ),
            _ => null,
        };

    /// <summary>The fact beside a register's sale that keeps the day of the transfer, where only a day was
    /// given.</summary>
    public const string TransferredOn = "transferredOn";

    /// <summary>The day the ownership passed by a register's sale.</summary>
    public static DateOnly DayOf(SaleRecorded sale, Envelope envelope) =>
        TransferOf(sale, envelope) is { } transfer ? transfer.Day
        : sale.AgreedAt is { } agreed && agreed != envelope.OccurredAt ? ShanghaiDay.Of(agreed)
        : envelope.When.Day;

    /// <summary>When the ownership passed by a register's sale, as it was given. Of rows that are older than
    /// <see cref="TransferredOn"/> and gave the agreement as a day, whole days after it are a day too.</summary>
    /// <returns>Null where the row gives no time of a transfer.</returns>
    public static Moment? TransferOf(SaleRecorded sale, Envelope envelope)
    {
        if (sale.TransferredAt is not { } at)
            return null;
        // A correction may have moved the transfer since the row gave its day.
        if (
            Instants.TryParseDay(sale.Facts?[TransferredOn], out var given)
            && Math.Abs((at.UtcDateTime - given.ToDateTime(TimeOnly.MinValue)).TotalHours) <= 14
        )
            return Moment.Of(given, at);
        return envelope.When is { IsDay: true } when && (at - when.At).Ticks % TimeSpan.TicksPerDay == 0
            ? Moment.Of(when.Day.AddDays((int)(at - when.At).TotalDays), at)
            : Moment.Of(at);
    }

    /// <summary>Where a deal is made that is opened now: in the market that offers the thing; of several, the one whose
    /// desk opens it. Without an offer, at the desk of whichever market opens it.</summary>
    /// <param name="offer">The listing that the deal takes.</param>
    internal static string? MarketOf(Listing? offer, Envelope opened) =>
        offer is null || opened.Market is { } desk && offer.Mirrors.Contains(desk)
            ? opened.Market
            : offer.Market ?? opened.Market;
}

/// <summary>Where an event counts for whoever asks by market or division: a sale where the sale counts, a listing in
/// its market, anything else where it was recorded.</summary>
public readonly record struct Place(string? Market, string? Division)
{
    /// <param name="sale">What the event completes, if anything.</param>
    public static Place Of(StoredEvent e, Sale? sale) =>
        (sale, e.Event) switch
        {
            ({ } sold, _) => new(sold.Market, sold.Division),
            (_, ItemListed { Market: { } market }) when MarketCode.IsWellFormed(market) => new(
                market,
                MarketCode.DivisionOf(market)
            ),
            _ => new(
                e.Envelope.Market,
                e.Envelope.RegionCode ?? (e.Envelope.Market is { } recorded ? MarketCode.DivisionOf(recorded) : null)
            ),
        };
}
