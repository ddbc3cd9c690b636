using Ledger.Kernel;

namespace Ledger.Store.Postgres.Schema;

/// <summary>What may become of reservations: what no event does to one is refused, for a superuser too until he drops
/// the trigger; then the head map and <c>audit</c> find it.</summary>
static class ReservationRights
{
    const string Table = $"{LedgerDatabase.Schema}.guard";

    static string Names(Func<ReservationKind, bool> some) =>
        string.Join(", ", ReservationKinds.All.Where(some).Select(k => $"'{k.Name}'"));

    /// <summary>The conditions of those kinds that they are for.</summary>
    static string Joined(string separator, Func<ReservationKind, IEnumerable<(bool IsFor, string Sql)>> of) =>
        string.Join(separator, ReservationKinds.All.SelectMany(of).Where(c => c.IsFor).Select(c => c.Sql));

    /// <summary>What a row may become, by its kind.</summary>
    static string MayBecome =>
        Joined(
            "\n                ",
            k =>
                [
                    (
                        k.KeepsHolder,
                        $"when old.kind = '{k.Name}' and old.value like '%|%' then new.value like '%|%' and split_part(new.value, '|', 1) = split_part(old.value, '|', 1)"
                    ),
                    (k.KeepsHolder, $"when old.kind = '{k.Name}' then new.value not like '%|%'"),
                    (k.Final is not null, $"when old.kind = '{k.Name}' then old.value <> '{k.Final}'"),
                    (k.Counts, $"when old.kind = '{k.Name}' then new.value ~ '^[1-9][0-9]{{0,8}}$'"),
                ]
        );

    /// <summary>Which rows of its kind stay although others go.</summary>
    static string Stays =>
        Joined(
            " or ",
            k =>
                [
                    (k.KeepsHolder, $"old.kind = '{k.Name}' and old.value like '%|%'"),
                    (k.GoesFrom is not null, $"old.kind = '{k.Name}' and old.value <> '{k.GoesFrom}'"),
                ]
        );

    /// <summary>What the kinds declare, held by the database.</summary>
    public static string Triggers { get; } =
        $"""
            create or replace function proof.guard_keeps() returns trigger language plpgsql
                set search_path = pg_catalog, pg_temp as $fn$
            begin
                if tg_op = 'UPDATE' then
                    if (new.kind, new.key) = (old.kind, old.key) and old.kind in ({Names(k => k.Changes)})
                        and (case {MayBecome} else true end) then
                        return new;
                    end if;
                elsif tg_op = 'DELETE' then
                    if old.kind in ({Names(k => k.Goes)}) and not ({Stays}) then
                        return old;
                    end if;
                end if;
                raise exception '% on %.% is refused: no event does that to a row of kind %',
                    tg_op, tg_table_schema, tg_table_name, old.kind using errcode = 'insufficient_privilege';
            end $fn$;
            create or replace trigger keeps before update or delete on {Table}
                for each row execute function proof.guard_keeps();
            create or replace trigger keeps_all before truncate on {Table}
                for each statement execute function proof.refuse();
            alter table {Table} enable always trigger keeps;
            alter table {Table} enable always trigger keeps_all;
            """;

    /// <summary>After the grants on all tables of the schema.</summary>
    public const string Grants = $"""
        revoke update, delete, truncate on {Table} from {ProofSchema.App};
        grant update (value), delete on {Table} to {ProofSchema.App};
        """;
}
