using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Store.Lane;
using NpgsqlTypes;

namespace Ledger.Store.Guarding;

/// <summary>
/// Reads guard rows for callers. A row is a memory of what events said: an identifier is taken for an item's only where
/// the item's own events bear it, and for free only where no head map knows of a leaf that bound it. Both are asked in
/// the statement that reads the rows, outside of the lane.
/// </summary>
sealed class GuardReads(LedgerDatabase database, LogState state)
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>The statement sees guard row, event and map as of one moment, and no map covers what is not committed:
    /// what it finds contradicts itself, and is no race.</summary>
    static readonly string Read = $$"""
        select k.i, g.value, case
            when k.handle is null then null
            when g.value is null then (select m.idx from proof.map m where m.key = k.key limit 1)
            when exists (select from {{Schema}}.mt_events e
                where e.stream_id = case when g.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                    then g.value::uuid end
                and (e.type = '{{NameOf<ItemRegistered>()}}'
                    and e.data -> 'identifiers' @> jsonb_build_array(jsonb_build_object('handle', k.handle))
                or e.type = '{{NameOf<ItemIdentifierAdded>()}}' and e.data -> 'identifier' ->> 'handle' = k.handle))
            then null else -1 end
        from unnest($1, $2, $3) with ordinality as k(kind, key, handle, i)
        left join {{Schema}}.guard g on g.kind = k.kind and g.key = k.key
        """;

    /// <summary>Where none of the keys is an identifier's: there is nothing to check, nor to plan.</summary>
    const string Plain = $"""
        select k.i, g.value, null::bigint from unnest($1, $2) with ordinality as k(kind, key, i)
        join {Schema}.guard g on g.kind = k.kind and g.key = k.key
        """;

    static string NameOf<T>() => EventCatalog.OfType(typeof(T))!.WireName;

    /// <summary>Values of guard rows; a guard without a row is absent.</summary>
    /// <exception cref="BrokenLogException">A row contradicts what was recorded; the node is forked.</exception>
    public async Task<ImmutableDictionary<GuardKey, string>> OfAsync(
        IReadOnlyList<GuardKey> wanted,
        CancellationToken stop
    )
    {
        if (wanted.Count == 0)
            return ImmutableDictionary<GuardKey, string>.Empty;
        byte[][] keys = [.. wanted.Select(database.Handles.Of)];
        var identifiers = wanted.Any(OfItem);
        await using var command = database.Source.CreateCommand(identifiers ? Read : Plain);
        command.Parameters.Add(Sql.Array(wanted.Select(k => k.Kind), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(keys, NpgsqlDbType.Bytea));
        if (identifiers)
            command.Parameters.Add(
                Sql.Array(wanted.Select((k, i) => OfItem(k) ? Text(keys[i]) : null), NpgsqlDbType.Text)
            );
        var found = ImmutableDictionary.CreateBuilder<GuardKey, string>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var at = (int)rows.GetInt64(0) - 1;
            var value = rows.IsDBNull(1) ? null : rows.GetString(1);
            if (!rows.IsDBNull(2))
                throw Contradicted(
                    value is null
                        ? $"Leaf {rows.GetInt64(2)} bound identifier {Text(keys[at])} ({wanted[at].Kind}), and its row is gone."
                        : $"The row of identifier {Text(keys[at])} ({wanted[at].Kind}) leads to {value}, which does not bear it."
                );
            if (value is not null)
                found[wanted[at]] = value;
        }
        return found.ToImmutable();
    }

    static bool OfItem(GuardKey key) => ReservationKinds.IsAlias(key.Kind) && key.Kind != SiteReservations.MarketKind;

    static string Text(byte[] key) => System.Buffers.Text.Base64Url.EncodeToString(key);

    /// <summary>Nothing may rest on guard rows any more of which one is proved wrong.</summary>
    public BrokenLogException Contradicted(string what)
    {
        var detail = $"{what} Stop the service, see what audit says, then: rebuild reservations.";
        state.Break(LogFault.Forked, detail);
        return new(detail);
    }
}
