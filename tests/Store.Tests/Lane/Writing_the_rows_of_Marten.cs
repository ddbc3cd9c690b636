using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using Ledger;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Vault;
using Ledger.Supervision;
using Marten;
using Marten.Exceptions;
using Support;

namespace Store.Tests.Lane;

/// <summary>
/// The lane writes another project's tables: the same random batches by it and by Marten's own session give equal rows
/// (operations.md §3.2).
/// </summary>
[TakesLong]
public sealed class Writing_the_rows_of_Marten
{
    static readonly CancellationToken Stop = CancellationToken.None;

    static int Batches =>
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_BATCHES"), CultureInfo.InvariantCulture, out var n)
            ? n
            : 300;

    [Fact]
    public async Task gives_the_rows_that_Marten_gives()
    {
        await using var ours = await TestLedger.OpenAsync();
        await using var theirs = await TestLedger.OpenAsync();
        var batches = new RandomBatches(seed: 20_250_101);
        for (var i = 0; i < Batches; i++)
        {
            var book = await ours.Door.Vault.OpenAsync(RandomBatches.Parties, Stop);
            var batch = batches.Next(book);
            var outcomes = await SealAndWriteAsync(ours, book, batch);
            for (var c = 0; c < batch.Length; c++)
            {
                // Marten has no keys: a repeat is the lane's to find.
                if (outcomes[c] is WriteOutcome.Known)
                    continue;
                var written = await ByMartenAsync(theirs, batch[c]);
                Assert.True(written == outcomes[c] is WriteOutcome.Appended, $"Batch {i}: {outcomes[c]}, {written}.");
                if (written)
                    batches.Took(batch[c]);
            }
        }
        await ours.Node.StreamRows.CatchUpAsync(Stop);
        foreach (var table in (string[])["mt_streams", "mt_events"])
        {
            var (a, b) = (await RowsAsync(ours, table), await RowsAsync(theirs, table));
            Assert.NotEmpty(a);
            Assert.Equal(b, a);
        }
        Assert.Equal(EventCatalog.All.Select(l => l.WireName).Order(), batches.Kinds.Order());
        await TheLog.HoldsTogetherAsync(ours);
        await MartenReadsAsync(ours, theirs, batches);
    }

    static async Task<WriteOutcome[]> SealAndWriteAsync(TestLedger ledger, SubjectCache book, DecidedCommand[] batch)
    {
        var tips = new StreamHeads();
        await ledger.Reader.StreamsAsync([.. batch.SelectMany(c => c.Expects).Select(e => e.Stream)], tips, Stop);
        var sealer = new Sealer(TestLedger.Keys);
        SealedCommand[] commands = [.. batch.Select(c => sealer.Seal(c, tips, book, ledger.Pipeline.Now))];
        return await ledger.Node.Lane.WriteAsync(commands, patient: true, Stop);
    }

    /// <summary>Marten names a stream's type for a class: each kind needs one that is called like it.</summary>
    static readonly Dictionary<string, Type> Types = new Type[]
    {
        typeof(Item),
        typeof(Market),
        typeof(Station),
        typeof(Incident),
        typeof(Exporter),
        typeof(Batch),
        typeof(Party),
        typeof(Roll),
        typeof(Issuer),
        typeof(Keychain),
        typeof(Indicator),
        typeof(Reading),
        typeof(Case),
        typeof(Log),
    }.ToDictionary(t => t.Name.ToLowerInvariant());

    sealed record Party;

    sealed record Roll;

    sealed record Reading;

    sealed record Log;

    /// <returns>False where Marten refuses the version.</returns>
    static async Task<bool> ByMartenAsync(TestLedger ledger, DecidedCommand command)
    {
        await using var session = ledger.Store.LightweightSession();
        var events = command.Appends.Select((a, i) => Wrapped(session, command, a, i)).ToArray();
        var (stream, version) = (command.Expects[0].Stream, command.Expects[0].Version);
        if (version == 0)
            session.Events.StartStream(Types[command.Appends[0].Kind.Name], stream, events);
        else
            session.Events.Append(stream, version + events.Length, events);
        try
        {
            await session.SaveChangesAsync(Stop);
            return true;
        }
        catch (Exception error)
            when (error
                    is MartenException
                        or JasperFx.Events.ExistingStreamIdCollisionException
                        or EventStreamUnexpectedMaxEventIdException
            )
        {
            return false;
        }
    }

    static object Wrapped(IDocumentSession session, DecidedCommand command, Append append, int position)
    {
        var e = session.Events.BuildEvent(append.Event);
        e.Id = TestLedger.Handles.EventId(command.Scope, command.Key, position);
        e.SetHeader("env", append.Envelope);
        e.CorrelationId = append.Envelope.Correlation;
        return e;
    }

    /// <summary>Each row as JSON without what may differ; not the operator's key, which names its time, nor the marks
    /// that Marten leaves where it was refused.</summary>
    static async Task<List<string>> RowsAsync(TestLedger ledger, string table)
    {
        await using var owner = DatabaseServer.Source(ledger.Connection);
        var (order, of) = table == "mt_events" ? ("stream_id, version", "stream_id") : ("id", "id");
        await using var command = owner.CreateCommand(
            $"""
            select (to_jsonb(r) - 'seq_id' - 'timestamp' - 'created')::text from ledger.{table} r
            where {of} <> $1 and {of} in (select id from ledger.mt_streams where type <> 'tombstone') order by {order}
            """
        );
        command.Parameters.AddWithValue(OperatorKeys.StreamOf(TestLedger.Handles, TestLedger.Keys.Log.Origin));
        var found = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Stop);
        while (await rows.ReadAsync(Stop))
            found.Add(rows.GetString(0));
        return found;
    }

    /// <summary>Marten finds in ours what it finds in its own: events, headers, folds and what its projections
    /// make.</summary>
    static async Task MartenReadsAsync(TestLedger ours, TestLedger theirs, RandomBatches batches)
    {
        await using var mine = ours.Store.QuerySession();
        await using var own = theirs.Store.QuerySession();
        foreach (var stream in batches.Streams)
        {
            var (a, b) = (
                await mine.Events.FetchStreamAsync(stream, token: Stop),
                await own.Events.FetchStreamAsync(stream, token: Stop)
            );
            Assert.Equal(b.Select(Told), a.Select(Told));
            Assert.Equal(
                await own.Events.AggregateStreamAsync<Tally>(stream, token: Stop),
                await mine.Events.AggregateStreamAsync<Tally>(stream, token: Stop)
            );
        }
    }

    static string Told(IEvent e) =>
        string.Join(
            ' ',
            e.Id,
            e.Version,
            e.EventTypeName,
            e.CorrelationId,
            JsonSerializer.Serialize(e.Data, e.Data.GetType(), WireJson.Options),
            JsonSerializer.Serialize(e.Headers, WireJson.Options)
        );
}

/// <summary>What Marten folds for the test: how many events, and the version it stood at.</summary>
public sealed record Tally
{
    public Guid Id { get; set; }
    public int Events { get; set; }
    public long Version { get; set; }

    public void Apply(IEvent<ItemRegistered> _) => Events++;

    public void Apply(IEvent<ItemGraded> _) => Events += 1_000;
}
