using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Store;

namespace Api.Import;

/// <summary>Counts of an import (contract.md §2).</summary>
public sealed record ImportCounts(long Read, long Recorded, long Known, long Refused, long Skipped, long Events)
{
    /// <summary>Markets that their first row opened.</summary>
    public long MarketsOpened { get; init; }
}

/// <summary>A refused row, for the file of rejected rows.</summary>
public sealed record Rejection(SourceRow Row, Refusal Refusal);

/// <summary>
/// Rows in, commands through the one write door, counts out. Rows are decided in their order, a chunk in one
/// transaction; a chunk that somebody else's write overtook is decided once again.
/// </summary>
public sealed class Importer(LedgerDatabase database, EventReader reader, WriteDoor door, CommandDesk desk, TimeProvider clock)
{
    public const int ChunkRows = 250;

    /// <summary>Rows of one chunk with what they want; reading and mapping runs ahead of writing.</summary>
    sealed record Wanted(CanonicalRow Row, RowOrder Want);

    readonly Dictionary<string, long> skips = [];
    readonly DryLedger? dry;
    ImportCounts counts = new(0, 0, 0, 0, 0, 0);

    public Importer(LedgerDatabase database, EventReader reader, WriteDoor door, CommandDesk desk, TimeProvider clock, bool dryRun)
        : this(database, reader, door, desk, clock) => dry = dryRun ? new DryLedger(database.Handles) : null;

    public ImportCounts Counts => counts;

    /// <summary>Why rows were skipped, and how many.</summary>
    public IReadOnlyDictionary<string, long> Skips => skips;

    /// <param name="reject">Called for each refused row, in the file's order within a chunk.</param>
    public async Task RunAsync(
        IRowSource source, RowReader rows, bool sales, RowOrders orders, Action<Rejection> reject, Action<ImportCounts, double> progress, CancellationToken stop)
    {
        var ahead = System.Threading.Channels.Channel.CreateBounded<List<Wanted>>(2);
        // Reading must not go on once writing has failed, nor the other way round.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Run(async () =>
        {
            try
            {
                await ReadAsync(source, rows, sales, orders, reject, ahead.Writer, both.Token);
                ahead.Writer.Complete();
            }
            catch (Exception error) { ahead.Writer.Complete(error); }
        }, CancellationToken.None);
        try
        {
            await foreach (var chunk in ahead.Reader.ReadAllAsync(stop))
            {
                await RecordAsync(chunk, orders, reject, stop);
                progress(counts, source.Progress);
            }
        }
        finally
        {
            await both.CancelAsync();
            await reading;
        }
    }

    async Task ReadAsync(IRowSource source, RowReader rows, bool sales, RowOrders orders, Action<Rejection> reject,
        System.Threading.Channels.ChannelWriter<List<Wanted>> ahead, CancellationToken stop)
    {
        var chunk = new List<Wanted>(ChunkRows);
        foreach (var row in source.Rows())
        {
            var (read, refusal, skipped) = rows.Read(row);
            var want = read is null ? null : sales ? orders.Sale(read) : orders.History(read);
            Count(c => c with { Read = c.Read + 1 });
            if (skipped is not null) Skip(skipped);
            else if (want is null || want.Refusal is not null) Refuse(reject, row, (refusal ?? want!.Refusal)!);
            else chunk.Add(new(read!, want));
            if (chunk.Count < ChunkRows) continue;
            await ahead.WriteAsync(chunk, stop);
            chunk = new(ChunkRows);
        }
        if (chunk.Count > 0) await ahead.WriteAsync(chunk, stop);
    }

    async Task RecordAsync(List<Wanted> chunk, RowOrders orders, Action<Rejection> reject, CancellationToken stop)
    {
        using var span = Ledger.Telemetry.Source.StartActivity("ledger.import.chunk");
        var left = chunk;
        // Each round somebody else's write won; rows that it did not touch are through after the first.
        for (var round = 0; left.Count > 0; round++)
        {
            if (round == 20) throw new InvalidOperationException("Other writers keep changing the same items; import again later: what is recorded stays recorded.");
            left = await RoundAsync(left, orders, reject, stop);
        }
    }

    /// <summary>Decides and writes rows; gives back those that went stale.</summary>
    async Task<List<Wanted>> RoundAsync(List<Wanted> rows, RowOrders orders, Action<Rejection> reject, CancellationToken stop)
    {
        var now = Instants.Cut(clock.GetUtcNow());
        var known = await door.KnownAsync(rows.Select(FirstId), stop);
        var aliases = await GuardsAsync(rows.SelectMany(AliasKeys).Distinct(), stop);
        var overlay = new Dictionary<GuardKey, string?>();
        string? Guard(GuardKey key) => overlay.TryGetValue(key, out var mine) ? mine : aliases.GetValueOrDefault(key);

        var histories = await HistoriesAsync(rows.SelectMany(r => AliasKeys(r)).Select(k => Guard(k)).OfType<string>()
            .Select(Guid.Parse).Distinct().ToArray(), stop);
        aliases = aliases.SetItems(await GuardsAsync(rows.Where(r => r.Want.Order is not null).SelectMany(r =>
            ItemGuards.Named(r.Want.Order!.Command, Found(r, Guard, histories).History ?? new(r.Want.Order.Item), ShanghaiDay.Of(r.Want.Order.OccurredAt))).Distinct(), stop));

        var decided = new List<(Wanted Row, DecidedCommand Command, bool Opening)>();
        foreach (var row in rows)
        {
            var (scope, key, hash) = Identity(row);
            var first = FirstId(row);
            if (known.TryGetValue(first, out var before))
            {
                if (before.Hash == hash) Count(c => c with { Known = c.Known + 1 }, "known");
                else Refuse(reject, row.Row.Row, Refusal.Of("row-key-reused", ("value", key)).At("row_key"));
                continue;
            }
            var unopened = row.Want.Market is { } market && Guard(ItemGuards.Market(market)) is null ? market : null;
            if (row.Want.Order is not { } order)
            {
                if (unopened is null) Refuse(reject, row.Row.Row, Refusal.Of("market-exists", ("value", row.Want.Market)));
                else decided.Add((row, Opening(row, unopened, orders, overlay, now), false));
                known[first] = new(Guid.Empty, 1, hash);
                continue;
            }
            var (history, conflict) = Found(row, Guard, histories);
            if (conflict is not null) { Refuse(reject, row.Row.Row, conflict); continue; }
            history ??= histories[order.Item] = new(order.Item);
            var guards = ItemGuards.Named(order.Command, history, ShanghaiDay.Of(order.OccurredAt))
                .Select(k => (Key: k, Value: Guard(k))).Where(g => g.Value is not null).Distinct().ToImmutableDictionary(g => g.Key, g => g.Value!);
            var (command, refusals) = Deciding.Decide(order with { Item = history.Id }, history, guards, RuleSet.Current, now);
            if (command is null) { Refuse(reject, row.Row.Row, refusals[0]); continue; }
            if (unopened is not null) decided.Add((row, Opening(row, unopened, orders, overlay, now), true));
            // Rows after this one in the chunk are decided on what it will have written.
            foreach (var guard in command.Guards) overlay[guard.Key] = guard.New;
            for (var i = 0; i < command.Appends.Length; i++)
                history.Append(new(database.Handles.EventId(scope, key, i), history.Id, history.Version + 1, now, command.Appends[i].Event, command.Appends[i].Envelope)
                {
                    Type = Ledger.EventCatalog.Of(command.Appends[i].Event).WireName
                });
            known[first] = new(history.Id, history.Version, hash);
            decided.Add((row, command, false));
        }
        return await WriteAsync(decided, reject, stop);
    }

    async Task<List<Wanted>> WriteAsync(List<(Wanted Row, DecidedCommand Command, bool Opening)> decided, Action<Rejection> reject, CancellationToken stop)
    {
        var stale = new List<Wanted>();
        if (decided.Count == 0) return stale;
        var outcomes = dry is null ? await door.WriteAsync([.. decided.Select(d => d.Command)], stop) : dry.Write([.. decided.Select(d => d.Command)]);
        for (var i = 0; i < decided.Count; i++)
        {
            var (row, command, opening) = decided[i];
            switch (outcomes[i])
            {
                case WriteOutcome.Recorded when opening:
                    Count(c => c with { MarketsOpened = c.MarketsOpened + 1 });
                    break;
                case WriteOutcome.Recorded:
                    Count(c => c with { Recorded = c.Recorded + 1, Events = c.Events + command.Appends.Length }, "recorded");
                    break;
                case WriteOutcome.Known when !opening:
                    Count(c => c with { Known = c.Known + 1 }, "known");
                    break;
                case WriteOutcome.Stale when !opening:
                    stale.Add(row);
                    break;
                case WriteOutcome.Refused refused when !opening:
                    if (refused.Refusal.Code == "unavailable") throw new OutcomeUnknownException();
                    Refuse(reject, row.Row.Row, refused.Refusal.Code == "idempotency-key-reused"
                        ? Refusal.Of("row-key-reused", ("value", command.Key)).At("row_key") : refused.Refusal);
                    break;
                case WriteOutcome.Unknown:
                    throw new OutcomeUnknownException();
            }
        }
        return stale;
    }

    DecidedCommand Opening(Wanted row, string market, RowOrders orders, Dictionary<GuardKey, string?> overlay, DateTimeOffset now)
    {
        var said = row.Want.Opens;
        var (scope, key, hash) = Identity(row);
        // A market that its first row opens has a key of its own: any row may be the first.
        if (said is null) (scope, key, hash) = ("market", $"open/{market}", database.Handles.CommandHash("OPEN", market, []));
        var at = row.Want.Order?.OccurredAt ?? orders.OpenedAt(row.Row);
        var opened = said ?? new MarketOpened(market);
        var decision = MarketDecider.Decide(opened, desk.MarketStream(market), ImmutableDictionary<GuardKey, string>.Empty, at, now);
        overlay[ItemGuards.Market(market)] = desk.MarketStream(market).ToString();
        return desk.MarketCommand(decision, opened, Acting.Local, scope, key, hash, at);
    }

    /// <summary>The history of the item a row speaks of: null for a new one, a refusal where its identifiers are two items'.</summary>
    static (ItemHistory? History, Refusal? Conflict) Found(Wanted row, Func<GuardKey, string?> guard, Dictionary<Guid, ItemHistory> histories)
    {
        var ids = Identifiers(row).Select(i => guard(ItemGuards.Alias(i))).OfType<string>().Distinct().ToList();
        if (ids.Count > 1)
            return (null, Refusal.Of("identifiers-of-two-items", ("value", string.Join(" ", Identifiers(row)))).At("identifiers"));
        return (ids.Count == 0 ? null : histories.GetValueOrDefault(Guid.Parse(ids[0])), null);
    }

    async Task<Dictionary<Guid, ItemHistory>> HistoriesAsync(Guid[] items, CancellationToken stop)
    {
        var found = (await reader.StreamsAsync(items, null, stop)).ToDictionary(p => p.Key, p => new ItemHistory(p.Key, p.Value));
        dry?.AddTo(found, items);
        return found;
    }

    async Task<ImmutableDictionary<GuardKey, string>> GuardsAsync(IEnumerable<GuardKey> keys, CancellationToken stop)
    {
        var wanted = keys.ToList();
        var found = await door.GuardsAsync(wanted, stop);
        return dry is null ? found : dry.Over(found, wanted);
    }

    static IEnumerable<GuardKey> AliasKeys(Wanted row)
    {
        foreach (var id in Identifiers(row)) yield return ItemGuards.Alias(id);
        if (row.Want.Market is { } market) yield return ItemGuards.Market(market);
    }

    static ImmutableArray<Identifier> Identifiers(Wanted row) => row.Want.Order?.Identifiers ?? [];

    (string Scope, string Key, string Hash) Identity(Wanted row) => row.Want.Order is { } order
        ? (order.Scope, order.Key, order.Hash)
        : (row.Row["source"], row.Row["row_key"], database.Handles.CommandHash("IMPORT", row.Row["source"], row.Row.Canonical()));

    Guid FirstId(Wanted row)
    {
        var (scope, key, _) = Identity(row);
        return database.Handles.EventId(scope, key, 0);
    }

    void Refuse(Action<Rejection> reject, SourceRow row, Refusal refusal)
    {
        lock (skips) reject(new(row, refusal));
        Count(c => c with { Refused = c.Refused + 1 }, "refused");
    }

    void Skip(string reason)
    {
        lock (skips) skips[reason] = skips.GetValueOrDefault(reason) + 1;
        Count(c => c with { Skipped = c.Skipped + 1 }, "skipped");
    }

    /// <summary>Reading and writing both count.</summary>
    void Count(Func<ImportCounts, ImportCounts> change, string? outcome = null)
    {
        lock (skips) counts = change(counts);
        if (outcome is not null) Ledger.Telemetry.ImportRows.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }
}

/// <summary>The database went away during a commit: the same import again finishes the rest with no row twice.</summary>
public sealed class OutcomeUnknownException() : Exception(
    "The database went away while rows were being written. Run the same import again: what was recorded is known, nothing is recorded twice.");
