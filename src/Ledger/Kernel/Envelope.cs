using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Rules;

namespace Ledger.Kernel;

/// <summary>What every event carries besides its own members (domain.md §2); stored in the event's header.</summary>
/// <param name="CommandId">The idempotency key under which it was recorded.</param>
/// <param name="OccurredAt">When it happened, as claimed: UTC, whole milliseconds.</param>
/// <param name="Actor">The organisation that acted: party id or reference; <c>local</c> for this installation.</param>
/// <param name="Role">Code of domain.md §1, e.g. <c>CLK</c>.</param>
/// <param name="RulesetVersion">The rule set that judged it: SHA-256 of its canonical bytes, hex.</param>
public sealed record Envelope(
    string CommandId,
    DateTimeOffset OccurredAt,
    string Actor,
    string Role,
    string RulesetVersion
)
{
    /// <summary>The other register it comes from; present means <em>observed</em>.</summary>
    public string? Source { get; init; }

    /// <summary>Present when only the date is known.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The day as it was given, where <see cref="OccurredAt"/> alone would tell another one.</summary>
    public DateOnly? GivenDay { get; init; }

    /// <summary>When it happened, as it was given: an instant, or a day.</summary>
    [JsonIgnore]
    public Moment When => Moment.Of(OccurredAt, Precision, GivenDay);

    /// <summary>How sure we are of the actor; <c>stated</c> until accounts exist.</summary>
    public ActorAssurance ActorAssurance { get; init; } = ActorAssurance.Stated;

    /// <summary>Where: a market's code, a station's, or another place the actor names.</summary>
    public string? Site { get; init; }

    /// <summary>Second person of a two-person act or a counter-signature.</summary>
    public string? SecondActor { get; init; }

    /// <summary>Why it was recorded long after it happened (domain.md §6).</summary>
    public string? LateReason { get; init; }

    /// <summary>Rules that warned of it, each acknowledged by its id before it was recorded (rules.md §1.5).</summary>
    public ImmutableArray<string>? Acknowledged { get; init; }

    /// <summary>Six digits of GB/T 2260.</summary>
    public string? RegionCode { get; init; }

    /// <summary>Whose law judged it, e.g. <c>CN-51</c>.</summary>
    public string Jurisdiction { get; init; } = Kernel.Jurisdiction.Sichuan;

    /// <summary>Every verdict but the passes; those follow from the rule set.</summary>
    public ImmutableArray<Verdict> Verdicts { get; init; } = [];

    /// <summary>Trace that caused it, for support.</summary>
    public string? Correlation { get; init; }

    /// <summary>Taken over from another register, by no act at a market: a market's report of its own sale is
    /// one.</summary>
    [JsonIgnore]
    public bool IsObserved => this is { Source: not null, Site: null };

    /// <summary>Whether the same person acts, in the same capacity.</summary>
    public bool IsBy(Acting by) => (by.Actor, by.Role) == (Actor, Role);

    /// <summary>The market in whose register or at whose desk it was recorded, if any.</summary>
    public string? Market =>
        MarketCode.IsWellFormed(Source) ? Source
        : MarketCode.IsWellFormed(Site) ? Site
        : null;
}

/// <summary>How much of a time is known.</summary>
public enum Precision
{
    Day,
}

/// <summary>Where the word about the actor comes from.</summary>
public enum ActorAssurance
{
    Stated,
    Authenticated,
}

/// <summary>Whose law: a country or one of its parts, <c>CN-51</c> includes <c>CN</c>.</summary>
public static class Jurisdiction
{
    public const string Sichuan = "CN-51";

    /// <summary>Whether a rule of <paramref name="rule"/> (null: of no place) speaks about a fact of <paramref
    /// name="fact"/>.</summary>
    public static bool Covers(string? rule, string fact) =>
        rule is null || fact == rule || fact.StartsWith(rule + "-", StringComparison.Ordinal);
}

/// <summary>An event as it stands in the store.</summary>
/// <param name="EventId">UUID v8 made from scope, key and position (proof.md §4).</param>
/// <param name="Version">Place in its stream, from 1.</param>
/// <param name="RecordedAt">When the store took it.</param>
public sealed record StoredEvent(
    Guid EventId,
    Guid StreamId,
    long Version,
    DateTimeOffset RecordedAt,
    LedgerEvent Event,
    Envelope Envelope
)
{
    /// <summary>Wire name with version, as it was written.</summary>
    public required string Type { get; init; }

    /// <summary>Place in the store, for paging only; it has holes.</summary>
    public long Sequence { get; init; }

    /// <summary>Place in the proof log, from 0; null where the reader did not ask.</summary>
    public long? LeafIndex { get; init; }
}
