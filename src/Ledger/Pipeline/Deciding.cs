using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Rules;
using Ledger.Store;

namespace Ledger.Pipeline;

/// <summary>What was decided on a command.</summary>
/// <param name="About">The stream that the command is about.</param>
/// <param name="Version">Of that stream, as it was decided on.</param>
/// <param name="Command">Null: refused, or nothing is left to do.</param>
public sealed record Decided(
    Guid About,
    long Version,
    DecidedCommand? Command,
    ImmutableArray<Refusal> Refusals = default
)
{
    public bool IsRefused => !Refusals.IsDefaultOrEmpty;

    /// <summary>What was read contradicts itself, as a sentence.</summary>
    public string? Contradiction { get; init; }
}

/// <summary>From a request and what was read to what the write door takes, or to refusals; pure.</summary>
static class Deciding
{
    /// <summary>A command makes at most this many events: an act on a batch touches at most fifty streams (domain.md
    /// §2), and a repeat asks for so many ids.</summary>
    public const int MostEvents = 64;

    /// <param name="expects">Every stream that was read for it, with its version then.</param>
    public static Decided Decide(
        CommandRequest r,
        CommandKind kind,
        StreamsRead read,
        Situation s,
        ImmutableArray<Expectation> expects
    )
    {
        Decided Refuse(Guid about, params ImmutableArray<Refusal> refusals) =>
            new(about, Version(expects, about), null, refusals);
        if (Occurrence.Ahead(s.OccurredAt, s.Now) is { } early)
            return Refuse(default, early);
        if (Forbids(r, read, s) is { } forbidden)
            return Refuse(default, forbidden);
        var decisions = kind.Decide(r.Command, read, s);
        var about = decisions[0].Stream;
        if (decisions.Select(d => d.Decision.Contradiction).FirstOrDefault(c => c is not null) is { } contradiction)
            return new(about, 0, null) { Contradiction = contradiction };
        if (r.IfMatch is { } version && version != Version(expects, about))
            return Refuse(
                about,
                Refusal.Of("stale-version", ("expected", version), ("version", Version(expects, about)))
            );
        if (decisions.Any(d => d.Decision.IsRefused))
            return Refuse(about, [.. decisions.SelectMany(d => d.Decision.Refusals)]);
        if (ActTimes.Ahead(decisions.SelectMany(d => d.Decision.Events), s.Now) is { IsEmpty: false } ahead)
            return Refuse(about, ahead);
        if (Unread(r, decisions, s) is { IsEmpty: false } unread)
            return Refuse(about, unread);
        return new(
            about,
            Version(expects, about),
            decisions.All(d => d.Decision.Events.IsEmpty) ? null : Command(r, decisions, s, expects)
        );
    }

    /// <summary>Why whoever acts may not give the command: his role, what the roll says of it, or where he is. A row of
    /// another register is nobody's act at a site.</summary>
    static Refusal? Forbids(CommandRequest r, StreamsRead read, Situation s)
    {
        var permit = Modules.Permits[r.Command.GetType()];
        var isImported = r.Source is not null;
        return permit.Refuses(r.By, isImported)
            ?? ActingRole.Refuses(r.By, read, s)
            ?? (isImported ? null : ActingSite.Refuses(r.By, permit.WindsDown, s))
            ?? (isImported ? null : LateEntry.Refuses(s, r.LateReason));
    }

    /// <summary>Rules that warn and that nobody acknowledged, each once. What another register reports has happened:
    /// nobody is there to look again.</summary>
    static ImmutableArray<Refusal> Unread(CommandRequest r, ImmutableArray<StreamDecision> decisions, Situation s)
    {
        if (r.Source is not null || r.By == Acting.System || r.Command.IsConfirmed)
            return [];
        string[] warned = [.. Warned(decisions).Except(r.Acknowledged)];
        var all = string.Join(", ", warned);
        return
        [
            .. warned.Select(id =>
                Refusal.Of("warning-not-acknowledged", ("rule", id), ("rules", all)).At("acknowledged") with
                {
                    RuleId = id,
                    Citation = s.Rules.InForce(id, s.LawDay)?.Citation,
                }
            ),
        ];
    }

    static IEnumerable<string> Warned(ImmutableArray<StreamDecision> decisions) =>
        decisions
            .SelectMany(d => d.Decision.Verdicts)
            .Where(v => v is { Result: Result.Hit, Severity: Severity.Warn })
            .Select(v => v.RuleId)
            .Distinct();

    /// <summary>What must be read to know whether he may.</summary>
    public static IEnumerable<Need> Needs(Acting by, Situation s) =>
        [.. ActingRole.Needs(by, s), .. ActingSite.Needs(by)];

    static long Version(ImmutableArray<Expectation> expects, Guid stream) =>
        expects.FirstOrDefault(e => e.Stream == stream)?.Version ?? 0;

    static DecidedCommand Command(
        CommandRequest r,
        ImmutableArray<StreamDecision> decisions,
        Situation s,
        ImmutableArray<Expectation> expects
    )
    {
        var place = r.Command.PlaceOf(r.By);
        var envelope = new Envelope(r.Key, s.OccurredAt, r.By.Actor, r.By.Role, s.Rules.Version)
        {
            Source = r.Source,
            Precision = r.Precision,
            GivenDay = r.GivenDay,
            Site = place.Site,
            SecondActor = r.By.SecondActor,
            LateReason = r.LateReason,
            Acknowledged = r.Acknowledged.IsEmpty ? null : [.. Warned(decisions).Intersect(r.Acknowledged)],
            RegionCode = r.RegionCode ?? place.Region,
            Jurisdiction = r.Jurisdiction,
            Correlation = r.Correlation,
        };
        ImmutableArray<ReservationChange> changes = [.. decisions.SelectMany(d => d.Decision.Reservations)];
        ImmutableArray<Append> appends = [.. decisions.SelectMany(d => Appends(d, envelope))];
        if (appends.Length > MostEvents)
            throw new InvalidOperationException(
                $"{r.Command.GetType().Name} makes {appends.Length} events, more than {MostEvents}."
            );
        return new(r.Scope, r.Key, r.Hash)
        {
            Expects = expects,
            Reservations = [.. changes, .. OnlyRead(s, changes)],
            Act = r.Deeds,
            Signed = decisions[0].Decision.Events.Length - 1,
            // Only what binds an identifier discloses it.
            Texts = changes.Any(g => ReservationKinds.Of(g.Key.Kind).BindsText) ? r.Command.Texts : [],
            Secrets = r.Command.Secrets,
            Appends = appends,
        };
    }

    /// <summary>Every reservation that was named and stays as it is: the lane holds it against what stands then, as it
    /// holds the streams that were read.</summary>
    static IEnumerable<ReservationChange> OnlyRead(Situation s, ImmutableArray<ReservationChange> changes) =>
        s
            .Reservations.Where(row => !changes.Any(c => c.Key == row.Key))
            .Select(row => new ReservationChange(row.Key, row.Value, row.Value));

    /// <summary>What was judged of a stream stands on its last event: the act. What comes before it is only what the
    /// act needs.</summary>
    static IEnumerable<Append> Appends(StreamDecision d, Envelope envelope)
    {
        var last = d.Decision.Events.Length - 1;
        return d.Decision.Events.Select(
            (e, i) =>
                new Append(d.Stream, d.Kind, e, i == last ? envelope with { Verdicts = d.Decision.Verdicts } : envelope)
        );
    }
}
