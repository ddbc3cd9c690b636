using System.Text.Json;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>Step 7: each leaf says what its event says, each event has its leaf, in one order.</summary>
sealed class EventsOfLeaves(AuditReads reads, Handles handles, Findings findings)
{
    /// <summary>So many parties of scopes with a slash are remembered.</summary>
    const int MostSlashed = 100_000;

    /// <summary>Subject → the scope with a slash that first named it.</summary>
    readonly Dictionary<Guid, string> slashed = [];

    long seq;

    /// <param name="covering">The head that was written with this leaf, where there is one.</param>
    public void Look(AuditedLeaf leaf, StoredHead? covering)
    {
        if (leaf.Row is not { } row)
            return;
        if (row.Event is not { } stored)
        {
            findings.Add(
                FindingKinds.LeafWithoutEvent,
                $"Leaf {leaf.Index} has no event number {row.N} in stream {row.Stream}.",
                leaf.Index,
                row.Stream
            );
            return;
        }
        if (stored.Seq <= seq)
            Tell(leaf.Index, row, "seq_id", $"more than {seq}", $"{stored.Seq}");
        seq = Math.Max(seq, stored.Seq);
        Same(leaf.Index, row, "id", $"{row.EventId}", $"{stored.Id}");
        if (covering is { Prev: var before } && before <= leaf.Index)
            Same(leaf.Index, row, "timestamp", $"{covering.At:O}", $"{stored.At:O}");
        if (stored.IsArchived)
            Tell(leaf.Index, row, "is_archived", "false", "true");
        if (leaf.Leaf is { } told)
            Compare(leaf.Index, row, stored, told);
    }

    void Compare(ulong index, StoredLeaf row, StoredEventRow stored, Leaf told)
    {
        Same(index, row, "jti", $"{told.Claims.Jti}", $"{stored.Id}");
        Same(index, row, "type", told.Claims.Evt, stored.Type);
        if (EventCatalog.OfWireName(stored.Type) is not { } line)
        {
            Tell(index, row, "type", "a known kind of event", stored.Type);
            return;
        }
        Same(index, row, "mt_dotnet_type", line.StoredType, stored.DotnetType);
        if (Read(stored, line.Type) is not var (e, envelope) || Difference(told, row, e, envelope) is not { } found)
        {
            Tell(index, row, "data", $"a {stored.Type} and its envelope", "what cannot be read as one");
            return;
        }
        if (found.Member.Length > 0)
            Tell(index, row, found.Member, found.InLeaf, found.InEvent);
        NoteTwoInOne(index, row, e);
        Same(index, row, "correlation_id", envelope.Correlation, stored.Correlation);
    }

    /// <summary>Versions up to 179ed00 took a market's word with a slash for a party that somebody without a site had
    /// named
    /// before. The event stands as it was recorded: whom it meant, its scope says.</summary>
    void NoteTwoInOne(ulong index, StoredLeaf row, LedgerEvent e)
    {
        foreach (var (member, party) in EventLeaf.Parties(e))
            if (party.Subject is not { } subject)
                continue;
            else if (slashed.TryGetValue(subject, out var scope))
            {
                if (scope != party.Scope)
                    findings.Note(
                        FindingKinds.AmbiguousReference,
                        $"Leaf {index} names as {member} a party of “{party.Scope}” under the id of one of “{scope}”: two parties had one text.",
                        index,
                        row.Stream
                    );
            }
            else if (party.Scope.Contains('/', StringComparison.Ordinal) && slashed.Count < MostSlashed)
                slashed.Add(subject, party.Scope);
    }

    /// <summary>Null where it is no such event.</summary>
    static (LedgerEvent Event, Envelope Envelope)? Read(StoredEventRow stored, Type type)
    {
        try
        {
            return
                stored.Headers is not null
                && JsonSerializer.Deserialize(stored.Data, type, WireJson.Options) is LedgerEvent e
                && Header.Read(stored.Headers) is { Env: { Actor: not null, RulesetVersion: not null } envelope }
                ? (e, envelope)
                : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The first member that differs; one without a name where none does; null where the event cannot be told
    /// as a leaf.</summary>
    LeafDifference? Difference(Leaf told, StoredLeaf row, LedgerEvent e, Envelope envelope)
    {
        try
        {
            return LeafDifference.First(told, EventLeaf.Of(e, envelope, row.Stream, handles), envelope.OccurredAt)
                ?? new("", "", "");
        }
        catch (Exception error)
            when (error is JsonException or ArgumentException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    void Same(ulong index, StoredLeaf row, string member, string? expected, string? found)
    {
        if (expected != found)
            Tell(index, row, member, expected ?? "nothing", found ?? "nothing");
    }

    void Tell(ulong index, StoredLeaf row, string member, string expected, string found) =>
        findings.Add(
            FindingKinds.EventDiffers,
            $"Leaf {index} and its event differ in {member}: expected {expected}, found {found}.",
            index,
            row.Stream
        );

    /// <summary>Every event behind a place in the store has its leaf.</summary>
    /// <param name="last"><c>seq_id</c> of the last event before.</param>
    public async Task LookAtEventsAsync(long last, CancellationToken stop)
    {
        for (var more = true; more; )
        {
            (var events, more) = await reads.EventsAfterAsync(last, stop);
            foreach (var e in events.Where(e => !e.HasLeaf))
                findings.Add(
                    FindingKinds.EventWithoutLeaf,
                    $"Event {e.Id}, number {e.Version} of stream {e.Stream}, has no leaf.",
                    null,
                    e.Stream
                );
            if (events.Count > 0)
                last = events[^1].Seq;
        }
    }
}
