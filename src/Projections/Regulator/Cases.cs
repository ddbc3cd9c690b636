using System.Globalization;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Supervision;
using Npgsql;

namespace Projections.Regulator;

/// <summary>A suspicion or a case as it stands.</summary>
public sealed record CaseRow : ViewRow
{
    /// <summary>When the store took its first event.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Pattern { get; init; }

    /// <summary><c>suspected</c>, <c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it came to its state.</summary>
    public required DateTimeOffset Since { get; init; }
    public required Guid[] Items { get; init; }
    public required Guid[] Events { get; init; }

    /// <summary>Scope of the officer's reference.</summary>
    public string? OfficerScope { get; init; }

    /// <summary>The officer's id in the vault.</summary>
    public Guid? Officer { get; init; }
    public string? Number { get; init; }
    public string? Outcome { get; init; }
    public string? Finding { get; init; }
    public required long Version { get; init; }
}

/// <summary>Which suspicions are there, and what became of them? (domain.md R14)</summary>
public sealed record CasesView() : View("cases", 1, "Which suspicions are there, and what became of them?")
{
    public override Type Row => typeof(CaseRow);

    public override bool IsAwaited => true;

    public override IReadOnlyList<string> Indexes => ["recorded_at desc, stream desc", "state, recorded_at desc"];

    public override IReadOnlyList<StreamKind> Kinds { get; } = [CaseStreams.Case];

    public override IEnumerable<ViewRow> Rows(StreamHistory history) =>
        history.Fold(Case.Fold) is not { } c
            ? []
            :
            [
                new CaseRow
                {
                    Stream = history.Id,
                    N = 0,
                    RecordedAt = history.Events[0].RecordedAt,
                    Pattern = c.Pattern,
                    State = WireWords.Of(c.State),
                    RaisedAt = c.RaisedAt,
                    Since = c.Since,
                    Items = [.. c.Items],
                    Events = [.. c.Events],
                    OfficerScope = c.Officer?.Scope,
                    Officer = c.Officer?.Subject,
                    Number = c.Number,
                    Outcome = c.Outcome is { } outcome ? WireWords.Of(outcome) : null,
                    Finding = c.Finding,
                    Version = c.Version,
                },
            ];
}

/// <summary>Filters of <c>regulator/cases</c>; null: all.</summary>
public sealed record CaseFilter(string? State = null, string? Pattern = null);

/// <summary>Reads suspicions and cases.</summary>
public sealed class CaseQuery(LedgerDatabase database)
{
    /// <summary>What came to the ledger last comes first.</summary>
    public async Task<Page<Case>> ReadAsync(CaseFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter().Where("state = ?", f.State).Where("pattern = ?", f.Pattern);
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(recorded_at, stream) < (?, ?)", after.At, after.Stream));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, pattern, items, events, state, raised_at, since, officer_scope, officer, number, outcome,
                finding, version, recorded_at
            from {new CasesView().Source} where {filter.Sql}
            order by recorded_at desc, stream desc limit {(limit + 1).ToString(CultureInfo.InvariantCulture)}
            """
        );
        var page = await command.PageAsync(
            limit,
            r => (Case: Read(r), RecordedAt: r.GetFieldValue<DateTimeOffset>(13)),
            c => Cursor.Of(c.RecordedAt, c.Case.Id, 0),
            stop
        );
        return page.Select(c => c.Case);
    }

    static Case Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetString(1),
            [.. r.GetFieldValue<Guid[]>(2)],
            [.. r.GetFieldValue<Guid[]>(3)],
            Word<CaseState>(r.GetString(4)),
            r.GetFieldValue<DateTimeOffset>(5),
            r.GetFieldValue<DateTimeOffset>(6),
            r.Maybe<Guid>(8) is { } officer ? PartyRef.Of(r.GetString(7), officer) : null,
            r.Text(9),
            r.Text(10) is { } outcome ? Word<CaseOutcome>(outcome) : null,
            r.Text(11),
            r.GetInt64(12)
        );

    static T Word<T>(string text)
        where T : struct, Enum => WireWords.TryRead<T>(text, out var value) ? value : default;
}
