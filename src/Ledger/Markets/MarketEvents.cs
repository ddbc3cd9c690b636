using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>A market was opened under its code: goods may be listed there.</summary>
/// <param name="Code"><c>MK-&lt;division&gt;-&lt;4 digits&gt;</c>.</param>
/// <param name="OperatorUscc">Unified social credit code of whoever runs it.</param>
/// <param name="Categories">Codes of the goods that are traded there.</param>
/// <param name="FilingNo">Number of its filing.</param>
public sealed record MarketOpened(
    string? Code,
    string? Name = null,
    string? OperatorUscc = null,
    ImmutableArray<string>? Categories = null,
    MarketMode? Mode = null,
    string? FilingNo = null
) : LedgerEvent;

/// <summary>The regulator stops a market: nothing is listed there from now on, and nothing is deleted.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record MarketSuspended(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>The regulator ended the suspension of a market: it is open.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record MarketReinstated(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>The regulator closed a market for ever.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record MarketClosed(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>The regulator set after how many hours an entry of a market needs a reason (domain.md §6).</summary>
public sealed record LateEntryHoursSet(int? Hours) : LedgerEvent;

/// <summary>A 登记服务站 may register transfers for a time.</summary>
/// <param name="Authority">Who authorised it.</param>
/// <param name="ValidTo">Last Shanghai day; absent: no end is set.</param>
public sealed record StationAuthorised(
    string? Code,
    string? Name = null,
    string? Authority = null,
    ImmutableArray<string>? Services = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : LedgerEvent;

/// <summary>An authority suspended a station: it takes no papers and transfers no vehicle until it is authorised
/// again.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record StationSuspended(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>A person stands at a desk of the market, in these roles, from then on; a later assignment to the same desk
/// replaces it.</summary>
public sealed record DeskStaffAssigned(PartyRef? Person, string? Desk = null, ImmutableArray<string>? Roles = null)
    : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Person = PartyRef.Map(Person, map),
        };

    public bool IsAt(PartyRef? person, string? desk) => Person == person && Desk == desk;

    /// <summary>Whether it says the same; the order of roles says nothing.</summary>
    public bool Says(DeskStaffAssigned other) =>
        IsAt(other.Person, other.Desk) && new HashSet<string>(Roles ?? []).SetEquals(other.Roles ?? []);
}

/// <summary>A person no longer stands at a desk of the market.</summary>
public sealed record DeskStaffRemoved(PartyRef? Person, string? Desk = null, string? Reason = null) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Person = PartyRef.Map(Person, map),
        };
}

/// <summary>Whether a market trades at a place or on a platform.</summary>
public enum MarketMode
{
    Offline,
    Online,
}

/// <summary>Catalogue lines of markets, their staff and stations; <see cref="EventCatalog"/> gathers them.</summary>
public static class MarketEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<MarketOpened>("market-opened", MarketStreams.Market, "市场开业", "Market opened"),
        EventLine.Of<MarketSuspended>("market-suspended", MarketStreams.Market, "市场暂停", "Market suspended"),
        EventLine.Of<MarketReinstated>("market-reinstated", MarketStreams.Market, "市场恢复", "Market reinstated"),
        EventLine.Of<MarketClosed>("market-closed", MarketStreams.Market, "市场关闭", "Market closed"),
        EventLine.Of<LateEntryHoursSet>(
            "late-entry-hours-set",
            MarketStreams.Market,
            "迟录时限设定",
            "Late entry hours set"
        ),
        EventLine.Of<DeskStaffAssigned>(
            "desk-staff-assigned",
            MarketStreams.Market,
            "柜台人员上岗",
            "Desk staff assigned"
        ),
        EventLine.Of<DeskStaffRemoved>(
            "desk-staff-removed",
            MarketStreams.Market,
            "柜台人员离岗",
            "Desk staff removed"
        ),
        EventLine.Of<StationAuthorised>(
            "station-authorised",
            MarketStreams.Station,
            "登记站授权",
            "Station authorised"
        ),
        EventLine.Of<StationSuspended>("station-suspended", MarketStreams.Station, "登记站暂停", "Station suspended"),
    ];
}
