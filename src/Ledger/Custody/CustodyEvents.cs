using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>A thing arrives at a site: who keeps it is not who owns it (domain.md §4.5).</summary>
/// <param name="Place">Where it stands, in the site's own words.</param>
/// <param name="Photos">Hashes of photos.</param>
public sealed record ItemReceived(
    Guid? IntakeId,
    PartyRef? From = null,
    string? Place = null,
    IntakeReason? Reason = null,
    ImmutableArray<string>? Photos = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            From = PartyRef.Map(From, map),
        };
}

/// <summary>The thing moves to another keeper; both sides state it.</summary>
public sealed record CustodyTransferred(
    Guid? IntakeId,
    PartyRef? From = null,
    PartyRef? To = null,
    string? Place = null,
    string? SealNo = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            From = PartyRef.Map(From, map),
            To = PartyRef.Map(To, map),
        };
}

/// <summary>Why an item arrives at a site.</summary>
public enum IntakeReason
{
    Purchase,
    Consign,
    Wipe,
    Repair,
    Collect,
    Return,
}

/// <summary>Catalogue lines of arrivals and moves of items; <see cref="EventCatalog"/> gathers them.</summary>
public static class CustodyEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<ItemReceived>("item-received", "收件入库", "Received"),
        ItemEvents.Of<CustodyTransferred>("custody-transferred", "保管移交", "Custody transferred"),
    ];
}
