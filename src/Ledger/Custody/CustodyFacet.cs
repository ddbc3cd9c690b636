using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Custody;

/// <summary>Who keeps the thing now. Every arrival is an intake of its own: the same thing may come again.</summary>
/// <param name="Intake">The newest; null before the first.</param>
public sealed record CustodyFacet(Intake? Intake)
{
    public static CustodyFacet None { get; } = new((Intake?)null);

    /// <summary>The intake that is open: the thing is here.</summary>
    public Intake? Open => Intake is { IsOpen: true } ? Intake : null;

    public static CustodyFacet Evolve(CustodyFacet custody, StoredEvent e) =>
        e.Event switch
        {
            ItemReceived r => new(
                new Intake(r.IntakeId, r.Reason, r.Place, e.Envelope.Site, null, null, true, e.EventId)
                {
                    By = e.Envelope.Actor,
                }
            ),
            CustodyTransferred t when custody.Open is { } open => new(
                open with
                {
                    Keeper = t.To,
                    Place = t.Place,
                    SealNo = t.SealNo,
                    Event = e.EventId,
                }
            ),
            ItemHandedOver or OwnershipTransferred or SaleRecorded or ItemExported when custody.Open is { } open => new(
                open with
                {
                    IsOpen = false,
                }
            ),
            _ => custody,
        };
}

/// <summary>One arrival of the item at a site, and where it has been since.</summary>
/// <param name="Site">Market or station that took it in.</param>
/// <param name="Keeper">Whoever took it over since; null: the site itself.</param>
/// <param name="Event">What says where it is now.</param>
public sealed record Intake(
    Guid? Id,
    IntakeReason? Reason,
    string? Place,
    string? Site,
    PartyRef? Keeper,
    string? SealNo,
    bool IsOpen,
    Guid Event
)
{
    /// <summary>Whoever took it in, as he was stated.</summary>
    public string By { get; init; } = "";

    /// <summary>Whether somebody took it in, or stands at the desk or the station that did.</summary>
    internal bool IsAt(Acting by) =>
        by.Actor == By || Site is not null && by.Site == Site && by.Is(Roles.Clk | Roles.Stn);
}
