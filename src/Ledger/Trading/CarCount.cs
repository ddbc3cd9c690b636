using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>
/// What a natural person has sold of cars in one calendar year of Shanghai, over all items (商消费发〔2022〕92号): one
/// reservation for cars held less than a year, one for those of which nobody said since when they were held.
/// </summary>
static class CarCount
{
    /// <summary>Since when the seller has held it; null: not known. Nobody owns a car before it was first
    /// registered.</summary>
    static DateOnly? HeldSince(Item item, PartyRef seller, DateOnly day) =>
        item.Owner.Party == seller && item.Owner.Since is { } since ? since
        : item.FirstRegistered is { } first && day < ShanghaiDay.YearsOn(first, 1) ? first
        : null;

    /// <summary>What the rules ask about a sale by this seller.</summary>
    public static Inputs RuleInputs(Item item, PartyRef? seller, PartyKind? kind, Situation s)
    {
        // Only cars are counted: of other goods nobody has read a row.
        var counted = item.Category == UsedCars.Category.Code ? seller : null;
        return Inputs
            .None.And("sellerIsPerson", kind is null ? null : kind is PartyKind.Person)
            .And("ownedSince", seller is null ? null : HeldSince(item, seller, s.LawDay))
            .And("carsSoldBefore", counted is null ? null : Number(s, TradeReservations.Cars(counted, s.LawDay.Year)))
            .And(
                "undatedBefore",
                counted is null ? null : Number(s, TradeReservations.CarsUndated(counted, s.LawDay.Year))
            );
    }

    /// <summary>The row in which a sale on this day counts; null: it does not.</summary>
    public static ReservationKey? Row(Item item, PartyRef? seller, PartyKind? kind, DateOnly day) =>
        item.Category != UsedCars.Category.Code || kind is not PartyKind.Person || seller is null ? null
        : HeldSince(item, seller, day) is not { } since ? TradeReservations.CarsUndated(seller, day.Year)
        : day < ShanghaiDay.YearsOn(since, 1) ? TradeReservations.Cars(seller, day.Year)
        : null;

    /// <summary>One more.</summary>
    public static ImmutableArray<ReservationChange> Increment(
        Item item,
        PartyRef? seller,
        PartyKind? kind,
        Situation s
    ) => Changed(Row(item, seller, kind, s.LawDay), ReservationEffect.Increment, s);

    /// <summary>One less in the row in which it counted.</summary>
    public static ImmutableArray<ReservationChange> Decrement(ReservationKey? row, Situation s) =>
        Changed(row, ReservationEffect.Decrement, s);

    static ImmutableArray<ReservationChange> Changed(ReservationKey? row, ReservationEffect effect, Situation s) =>
        row is not null && ReservationChange.By(row, s.ReservationOf(row), effect) is { } change ? [change] : [];

    /// <summary>The row in which the invoice of a deal counted.</summary>
    public static ReservationKey? RowOf(Item item, Deal deal) =>
        deal.InvoicedOn is { } day ? Row(item, deal.Seller, deal.SellerKind, day) : null;

    static long Number(Situation s, ReservationKey row) => ReservationStep.Count(s.ReservationOf(row));
}
