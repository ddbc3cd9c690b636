using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Operations;
using Ledger.Parties;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store;
using Support;

namespace Ledger.Tests;

/// <summary>Streams and reservations as the pipeline would read them, without a store: a command is decided by its
/// module on what that names for it and on nothing else, and what it gives is appended everywhere it touches.</summary>
sealed class Scenario
{
    readonly Dictionary<Guid, List<StoredEvent>> streams = [];
    int named;

    public DateTimeOffset Now { get; set; } = ItemScenario.Start.AddDays(9);

    public Dictionary<ReservationKey, string> Reservations { get; init; } = [];

    /// <summary>At which market's desk who acts is; null: at none.</summary>
    public string? Site { get; set; }

    /// <summary>What the newest decision would have the lane write, and hold; null: it was refused or has nothing to
    /// do.</summary>
    public DecidedCommand? Newest { get; private set; }

    public static Handles Handles => TestLedger.Handles;

    public IReadOnlyList<StoredEvent> Of(Guid stream) => streams.GetValueOrDefault(stream) ?? [];

    public T Fold<T>(Guid stream, Func<IEnumerable<StoredEvent>, T> fold) => fold(Of(stream));

    /// <summary>Writes events past every decider, as a history that is already there.</summary>
    public Scenario Append(Guid stream, params IEnumerable<LedgerEvent> events)
    {
        foreach (var e in events)
            Append(stream, e, "office", []);
        return this;
    }

    void Append(Guid stream, LedgerEvent e, string actor, ImmutableArray<Verdict> verdicts)
    {
        if (!streams.TryGetValue(stream, out var history))
            streams[stream] = history = [];
        history.Add(
            new(
                ItemScenario.Id(10_000 + ++named),
                stream,
                history.Count + 1,
                Now,
                e,
                new("key", Now, actor, "ADM", RuleSet.Current.Version) { Verdicts = verdicts }
            )
            {
                Type = EventCatalog.Of(e).WireName,
            }
        );
    }

    /// <summary>Its reservations, and those of the sites at which desks and stations act.</summary>
    Dictionary<ReservationKey, string> AndSites() =>
        new(Sites.Reservations.Concat(Reservations).DistinctBy(r => r.Key));

    /// <summary>As which parties those act who are stated: without a vault, as they are called.</summary>
    internal static Situation WithParties(Situation s, StreamsRead read)
    {
        ActingParty Of(Acting? by) => ActingRole.Self(by, by?.Party is { } party ? [party] : [], read, s);
        return s with { Self = Of(s.By), Second = Of(s.By.Second) };
    }

    /// <summary>What its module says of a command, with all that stands around it: who may, and when.</summary>
    /// <param name="at">When it occurs; null: now.</param>
    public ImmutableArray<StreamDecision> Decide(
        LedgerCommand command,
        string actor = "office",
        string? second = null,
        DateTimeOffset? at = null
    )
    {
        var kind = Modules.Of(command);
        var by = People.Who(command, (command as StaffCommand)?.Code ?? Site, second) with { Actor = actor };
        var read = new StreamsRead();
        var s = new Situation(at ?? Now, Now, RuleSet.Current, by) { Handles = Handles, Lead = ItemScenario.Id(7_000) };
        var roll = PartyCommand.StreamOf(by.Actor, Handles);
        // Whoever acts is on the roll, unless the test has put him there.
        s = s with
        {
            Reservations = NeedsOf.Read(
                command,
                s,
                read,
                id => id == roll && by.Is(Roles.Granted) && Of(id).Count == 0 ? Roll.Granting(by, id) : Of(id),
                AndSites()
            ),
        };
        s = WithParties(s, read);
        List<Need> needs = [.. kind.Needs(command, read, s).Distinct()];
        var newest = needs
            .OfType<Need.Stream>()
            .SelectMany(n => Of(n.Id))
            .Select(e => e.Envelope.OccurredAt)
            .DefaultIfEmpty()
            .Max();
        var request = new CommandRequest(command, by, "test", "key", default, s.OccurredAt)
        {
            LateReason = "补录",
            Acknowledged = [.. s.Rules.Rules.Select(r => r.Id).Distinct()],
        };
        var expects = needs.OfType<Need.Stream>().Select(n => new Expectation(n.Id, Of(n.Id).Count));
        var decided = Deciding.Decide(request, kind, read, s with { Newest = newest }, [.. expects]);
        Newest = decided.Command;
        // The pipeline's own refusals come without a decision.
        ImmutableArray<StreamDecision> decisions =
            decided.IsRefused && decided.About == Guid.Empty
                ? [new(Guid.Empty, LogStreams.Log, Decision.Refuse(decided.Refusals))]
                : kind.Decide(command, read, s with { Newest = newest });
        foreach (var d in decisions)
            d.Decision.Told();
        return decisions;
    }

    /// <summary>What it says of the stream that it is about.</summary>
    public Decision First(
        LedgerCommand command,
        string actor = "office",
        string? second = null,
        DateTimeOffset? at = null
    ) => Decide(command, actor, second, at)[0].Decision;

    /// <summary>What comes of it, in words; recorded where it was not refused.</summary>
    public string Says(LedgerCommand command, string actor = "office", string? second = null, DateTimeOffset? at = null)
    {
        var decisions = Decide(command, actor, second, at);
        if (Codes(decisions) is { Length: > 0 } codes)
            return codes;
        foreach (var d in decisions)
        {
            foreach (var change in d.Decision.Reservations)
                if (change.New is null)
                    Reservations.Remove(change.Key);
                else
                    Reservations[change.Key] = change.New;
            foreach (var e in d.Decision.Events)
                Append(d.Stream, e, actor, e == d.Decision.Events[^1] ? d.Decision.Verdicts : []);
        }
        return ItemScenario.Outcome(decisions[0].Decision);
    }

    /// <summary>Does what must succeed.</summary>
    public Scenario Do(LedgerCommand command, string actor = "office", string? second = null)
    {
        Assert.Equal("", Codes(Decide(command, actor, second)));
        Says(command, actor, second);
        return this;
    }

    /// <summary>The codes that refuse it; empty: none does. Nothing is recorded.</summary>
    public string Refused(LedgerCommand command, string actor = "office", string? second = null) =>
        Codes(Decide(command, actor, second));

    public static string Codes(IEnumerable<StreamDecision> decisions) =>
        string.Join(' ', decisions.SelectMany(d => d.Decision.Refusals).Select(r => r.Code));
}
