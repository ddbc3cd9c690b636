using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Store;
using Ledger.Store.Lane;

namespace Api.Import;

/// <summary>Decides a chunk of rows in their order and hands it to the write door as one transaction.</summary>
sealed class ChunkRecorder(LedgerNode node, DryLedger? dry, ImportTally tally)
{
    readonly LedgerDatabase database = node.Database;
    readonly EventReader reader = node.Reader;
    readonly WriteDoor door = node.Door;

    public async Task RecordAsync(List<Wanted> chunk, CancellationToken stop)
    {
        using var span = Ledger.Telemetry.Source.StartActivity("ledger.import.chunk");
        var left = chunk;
        // Each round somebody else's write won; rows that it did not touch are through after the first.
        for (var round = 0; left.Count > 0; round++)
        {
            if (round == 20)
                throw new Settings.NeededException(
                    "Other writers keep changing the same items; import again later: what is recorded stays recorded."
                );
            left = await RoundAsync(left, stop);
        }
    }

    /// <summary>Decides and writes rows; gives back those that went stale.</summary>
    async Task<List<Wanted>> RoundAsync(List<Wanted> rows, CancellationToken stop)
    {
        var now = node.Desk.Now;
        var subjects = await new RowParties(door.Vault, dry).OpenAsync(rows, stop);
        rows = [.. rows.Select(r => RowParties.Mapped(r, subjects))];
        var tips = new ChainTips();
        var known = await door.KnownAsync(rows.Select(FirstId), stop);
        var aliases = await GuardsAsync(rows.SelectMany(AliasKeys).Distinct(), stop);
        var overlay = new Dictionary<GuardKey, string?>();
        string? Guard(GuardKey key) => overlay.TryGetValue(key, out var mine) ? mine : aliases.GetValueOrDefault(key);

        var histories = await HistoriesAsync(
            rows.SelectMany(r => AliasKeys(r))
                .Select(k => Guard(k))
                .OfType<string>()
                .Select(Guid.Parse)
                .Distinct()
                .ToArray(),
            tips,
            stop
        );
        aliases = aliases.SetItems(
            await GuardsAsync(
                rows.Where(r => r.Want.Order is not null)
                    .SelectMany(r =>
                        ItemGuards.Named(
                            r.Want.Order!.Command,
                            Found(r, Guard, histories).History ?? new(r.Want.Order.Item),
                            r.Want.Order.When.Day
                        )
                    )
                    .Distinct(),
                stop
            )
        );

        var decided = new List<(Wanted Row, DecidedCommand Command, bool Opening)>();
        foreach (var row in rows)
        {
            var (scope, key, hash) = Identity(row);
            var first = FirstId(row);
            if (known.TryGetValue(first, out var before))
            {
                if (before.Hash == hash)
                    tally.Count(c => c with { Known = c.Known + 1 }, "known");
                else
                    tally.Refuse(row.Row.Row, Refusal.Of("row-key-reused", ("value", key)).At("row_key"));
                continue;
            }
            var unopened = row.Want.Market is { } market && Guard(ItemGuards.Market(market)) is null ? market : null;
            if (row.Want.Order is not { } order)
            {
                if (Occurrence.Ahead(row.Want.OpensAt!.Value.At, now, "occurred_at") is { } ahead)
                    tally.Refuse(row.Row.Row, ahead);
                else if (unopened is null)
                    tally.Refuse(row.Row.Row, Refusal.Of("market-exists", ("value", row.Want.Market)));
                else
                    decided.Add((row, Opening(row, unopened, overlay, now), false));
                known[first] = new(Guid.Empty, 1, hash, 0);
                continue;
            }
            var (history, conflict) = Found(row, Guard, histories);
            if (conflict is not null)
            {
                tally.Refuse(row.Row.Row, conflict);
                continue;
            }
            history ??= histories[order.Item] = new(order.Item);
            var guards = ItemGuards
                .Named(order.Command, history, order.When.Day)
                .Select(k => (Key: k, Value: Guard(k)))
                .Where(g => g.Value is not null)
                .Distinct()
                .ToImmutableDictionary(g => g.Key, g => g.Value!);
            var (command, refusals) = Deciding.Decide(
                order with
                {
                    Item = history.Id,
                },
                history,
                guards,
                RuleSet.Current,
                now
            );
            if (command is null)
            {
                // A row tells its values by columns.
                tally.Refuse(
                    row.Row.Row,
                    Ledger.ActTimes.OfColumn(refusals[0], order.Command is RecordSale ? "agreed_at" : "occurred_at")
                );
                continue;
            }
            if (unopened is not null)
                decided.Add((row, Opening(row, unopened, overlay, now), true));
            // Rows after this one in the chunk are decided on what it will have written.
            foreach (var guard in command.Guards)
                overlay[guard.Key] = guard.New;
            for (var i = 0; i < command.Appends.Length; i++)
                history.Append(
                    new(
                        database.Handles.EventId(scope, key, i),
                        history.Id,
                        history.Version + 1,
                        now,
                        command.Appends[i].Event,
                        command.Appends[i].Envelope
                    )
                    {
                        Type = Ledger.EventCatalog.Of(command.Appends[i].Event).WireName,
                    }
                );
            known[first] = new(history.Id, history.Version, hash, 0);
            decided.Add((row, command, false));
        }
        if (dry is not null)
        {
            foreach (var (_, command, opening) in decided)
                Count(command, opening, dry.Write(command));
            return [];
        }
        return decided.Count == 0
            ? []
            : Told(
                decided,
                await door.WriteAsync([.. decided.Select(d => d.Command)], tips, subjects, patient: true, now, stop)
            );
    }

    void Count(DecidedCommand command, bool opening, bool isNew)
    {
        if (opening)
            tally.Count(c => isNew ? c with { MarketsOpened = c.MarketsOpened + 1 } : c);
        else if (isNew)
            tally.Count(
                c => c with { Recorded = c.Recorded + 1, Events = c.Events + command.Appends.Length },
                "recorded"
            );
        else
            tally.Count(c => c with { Known = c.Known + 1 }, "known");
    }

    /// <summary>Counts what the lane answered; gives back the rows that went stale.</summary>
    List<Wanted> Told(
        List<(Wanted Row, DecidedCommand Command, bool Opening)> decided,
        ImmutableArray<WriteOutcome> outcomes
    )
    {
        var stale = new List<Wanted>();
        for (var i = 0; i < decided.Count; i++)
        {
            var (row, command, opening) = decided[i];
            switch (outcomes[i])
            {
                case WriteOutcome.Recorded:
                    Count(command, opening, isNew: true);
                    break;
                case WriteOutcome.Known:
                    Count(command, opening, isNew: false);
                    break;
                case WriteOutcome.Stale when !opening:
                    stale.Add(row.AsRead!);
                    break;
                case WriteOutcome.Refused refused when !opening:
                    if (refused.Refusal.Code == "unavailable")
                        throw new OutcomeUnknownException();
                    tally.Refuse(
                        row.Row.Row,
                        refused.Refusal.Code == "idempotency-key-reused"
                            ? Refusal.Of("row-key-reused", ("value", command.Key)).At("row_key")
                            : refused.Refusal
                    );
                    break;
                case WriteOutcome.Unknown:
                    throw new OutcomeUnknownException();
            }
        }
        return stale;
    }

    DecidedCommand Opening(Wanted row, string market, Dictionary<GuardKey, string?> overlay, DateTimeOffset now)
    {
        var said = row.Want.Opens;
        var (scope, key, hash) = Identity(row);
        // A market that its first row opens has a key of its own: any row may be the first.
        if (said is null)
            (scope, key, hash) = ("market", $"open/{market}", database.Handles.CommandHash("OPEN", market, []));
        var at = row.Want.Order?.When ?? row.Want.OpensAt!.Value;
        var opened = said ?? new MarketOpened(market);
        var stream = node.Sites.StreamOf(market);
        var decision = MarketDecider.Decide(
            opened,
            market,
            stream,
            ImmutableDictionary<GuardKey, string>.Empty,
            at.At,
            now
        );
        overlay[ItemGuards.Market(market)] = stream.ToString();
        return node.Sites.Opening(
            decision,
            market,
            new(Acting.Local, scope, key, hash, at.At) { Precision = at.Precision, GivenDay = at.Untold }
        );
    }

    /// <summary>The history of the item a row speaks of: null for a new one, a refusal where its identifiers are two
    /// items'.</summary>
    static (ItemHistory? History, Refusal? Conflict) Found(
        Wanted row,
        Func<GuardKey, string?> guard,
        Dictionary<Guid, ItemHistory> histories
    )
    {
        var ids = Identifiers(row).Select(i => guard(ItemGuards.Alias(i))).OfType<string>().Distinct().ToList();
        if (ids.Count > 1)
            return (
                null,
                Refusal.Of("identifiers-of-two-items", ("value", string.Join(" ", Identifiers(row)))).At("identifiers")
            );
        return (ids.Count == 0 ? null : histories.GetValueOrDefault(Guid.Parse(ids[0])), null);
    }

    async Task<Dictionary<Guid, ItemHistory>> HistoriesAsync(Guid[] items, ChainTips tips, CancellationToken stop)
    {
        var found = (await reader.StreamsAsync(items, tips, stop)).ToDictionary(
            p => p.Key,
            p => new ItemHistory(p.Key, p.Value)
        );
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
        foreach (var id in Identifiers(row))
            yield return ItemGuards.Alias(id);
        if (row.Want.Market is { } market)
            yield return ItemGuards.Market(market);
    }

    static ImmutableArray<Identifier> Identifiers(Wanted row) => row.Want.Order?.Identifiers ?? [];

    (string Scope, string Key, CommandHash Hash) Identity(Wanted row) =>
        row.Want.Order is { } order
            ? (order.Scope, order.Key, order.Hash)
            : (
                row.Row["source"],
                row.Row["row_key"],
                database.Handles.CommandHash("IMPORT", row.Row["source"], row.Row.Canonical())
            );

    Guid FirstId(Wanted row)
    {
        var (scope, key, _) = Identity(row);
        return database.Handles.EventId(scope, key, 0);
    }
}
