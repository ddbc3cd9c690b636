using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store;
using Support;

namespace Ledger.Tests.Adversary;

/// <summary>A ledger in memory that anybody may speak to: every command is decided as the pipeline decides it, roles,
/// sites and the roll included, and what it gives is appended.</summary>
sealed class World
{
    readonly StreamsRead read = new();
    readonly Dictionary<ReservationKey, string> rows = [];
    readonly HashSet<Guid> known = [];
    int given;

    public static Handles Handles => TestLedger.Handles;

    /// <summary>After the law's day: nothing leaves unwiped (2027-01-01).</summary>
    public DateTimeOffset Now { get; set; } = new(2027, 3, 1, 2, 0, 0, TimeSpan.Zero);

    /// <summary>What comes of every command that is taken.</summary>
    public Action<StoredEvent>? Taken { get; set; }

    public Item? Item(Guid id) => read.Has(id) ? read.ItemOf(id).State : null;

    public IReadOnlyList<StoredEvent> Of(Guid stream) => read.Has(stream) ? read.Of(stream) : [];

    /// <returns>Codes of its refusals; none: it was taken, or nothing was left to do.</returns>
    public IReadOnlyList<string> Give(LedgerCommand command, Acting by, DateTimeOffset? at = null)
    {
        var kind = Modules.Of(command);
        var s = new Situation(at ?? Now, Now, RuleSet.Current, by) { Handles = Handles, Lead = Guid.Empty };
        s = s with { Reservations = NeedsOf.Read(command, s, read, _ => [], rows) };
        s = Scenario.WithParties(s, read);
        List<Guid> streams =
        [
            .. Deciding
                .Needs(by, s)
                .Concat(kind.Needs(command, read, s))
                .OfType<Need.Stream>()
                .Select(n => n.Id)
                .Distinct(),
        ];
        var newest = streams.SelectMany(read.Of).Select(e => e.Envelope.OccurredAt).DefaultIfEmpty().Max();
        var request = new CommandRequest(command, by, "adversary", $"{++given}", default, s.OccurredAt)
        {
            LateReason = "补录",
            Acknowledged = [.. s.Rules.Rules.Select(r => r.Id).Distinct()],
        };
        var decided = Deciding.Decide(
            request,
            kind,
            read,
            s with
            {
                Newest = newest,
            },
            [.. streams.Select(id => new Expectation(id, read.Version(id)))]
        );
        if (decided.Contradiction is { } contradiction)
            throw new InvalidOperationException(contradiction);
        if (decided.Command is { } taken)
            Take(taken);
        return decided.IsRefused ? [.. decided.Refusals.Select(r => r.Code)] : [];
    }

    void Take(DecidedCommand command)
    {
        foreach (var change in command.Reservations)
            if (change.New is null)
                rows.Remove(change.Key);
            else
                rows[change.Key] = change.New;
        foreach (var e in new Unwritten(Handles).Take(command, Now))
        {
            if (known.Add(e.StreamId) && !read.Has(e.StreamId))
                read.Add(e.StreamId, []);
            read.Append(e);
            Taken?.Invoke(e);
        }
    }
}
