using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Api.Lists;
using Ledger.Credit;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;
using Projections;
using Projections.Credit;

namespace Api;

/// <summary>A query or a reading, as it stands on its reader's record.</summary>
/// <param name="What"><c>register-query-recorded</c> or <c>credit-file-read</c>.</param>
/// <param name="Register">Which register was queried.</param>
/// <param name="Filters">Names of the filters that were set.</param>
public sealed record AccessEntry(
    DateTimeOffset At,
    string Reader,
    string Role,
    string What,
    string? Register,
    string? Purpose,
    string? Basis,
    string? Case,
    IReadOnlyList<string>? Filters,
    int? Count,
    Guid EventId
);

/// <summary>Filters of <c>regulator/accesses</c>.</summary>
/// <param name="Reader">One reader; null: everybody.</param>
/// <param name="Month">Its first day.</param>
public sealed record AccessFilter(string? Reader, DateOnly Month);

/// <summary>Who looked at what: every query of a regulator is itself recorded (domain.md §4.1).</summary>
static class Accesses
{
    /// <summary>Puts a query of the histories on its reader's record; what is refused is not shown.</summary>
    public static async Task<Refusal?> RecordAsync(
        HttpContext http,
        LedgerNode node,
        string register,
        IReadOnlyList<QueryParameter> asked,
        IReadOnlyList<Guid> shown
    )
    {
        if (!StatedActor.TryRead(http.Request, out var by, out var malformed))
            return malformed;
        var (reason, flaw) = AccessReason.Of(http.Request, asked);
        if (flaw is not null)
            return flaw;
        var query = new RecordQuery(
            register,
            reason.Purpose,
            reason.Basis,
            reason.Matter,
            // The filters that there are, never their values nor what else a caller typed.
            [
                .. asked
                    .Where(q => q is { IsTechnical: false, Value.Length: > 0 } && !AccessReason.Names.Contains(q.Name))
                    .Select(q => q.Name),
            ],
            shown.Count,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', shown))))
        );
        return
            await node.Pipeline.RecordAsync(Look(node, by, "query", query), http.RequestAborted)
                is Answer.Refused { Refusals: [var first, ..] }
            ? first
            : null;
    }

    /// <summary>Of one look: each is an act of its own, never a repeat.</summary>
    public static CommandRequest Look(LedgerNode node, Acting by, string what, ReadingCommand command)
    {
        var key = $"{what}/{Guid.NewGuid()}";
        var hash = node.Database.Handles.CommandHash(what.ToUpperInvariant(), key, []);
        return new(command, by, by.Actor, key, hash, node.Pipeline.Now)
        {
            Correlation = Activity.Current?.TraceId.ToString(),
        };
    }

    public static AccessFilter Asked(QueryValues q)
    {
        // A list that was begun in the old month goes on in it.
        var begun =
            Cursor.Read(q.Given("cursor")) is { } place
            && place.At < q.Now
            && place.At > ShanghaiDay.Start(Bounds.OldestDay)
                ? place.At
                : q.Now;
        var month = Month(ShanghaiDay.Of(begun));
        return new(q.Text("reader", ("查询人", "Reader"), 128), q.Month("month", ("月份", "Month"), month) ?? month);
    }

    static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    public static async Task<Page<AccessEntry>> ReadAsync(
        LedgerNode node,
        AccessFilter filter,
        int limit,
        string? cursor,
        CancellationToken stop
    )
    {
        var before = Cursor.Read(cursor)?.N ?? long.MaxValue;
        var events = await new ReadingQuery(node).OfReaderAsync(filter.Reader, filter.Month, before, limit + 1, stop);
        return Page.Of(events, limit, e => Cursor.Of(e.Envelope.OccurredAt, Guid.Empty, e.Sequence)).Select(Entry);
    }

    static AccessEntry Entry(StoredEvent e)
    {
        var query = e.Event as RegisterQueryRecorded;
        var read = e.Event as CreditFileRead;
        return new(
            e.Envelope.OccurredAt,
            e.Envelope.Actor,
            e.Envelope.Role,
            Ledger.EventCatalog.Of(e.Event).Name,
            query?.Register,
            query?.Purpose ?? read?.Purpose,
            query?.Facts?[RegisterQueryRecorded.Basis] ?? read?.Basis,
            query?.Case,
            query?.Filters is { IsDefault: false } filters ? filters : (IReadOnlyList<string>?)null,
            query?.Count ?? read?.Count,
            e.EventId
        );
    }
}
