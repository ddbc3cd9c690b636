namespace Ledger.Store.Postgres.Schema;

/// <summary>Rows of head maps and of cosigners: nobody changes one. Rows of maps go by one function of the owner once
/// later maps have overtaken them and no bundle that was issued rests on them, and whoever deletes others is
/// refused.</summary>
static class MapRights
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>
    /// Of the newest three maps each key must keep its row. Before anything of this was there, a run of the builder
    /// that
    /// was cut off may have left rows that say less than was logged; such rows belong to no map.
    /// </summary>
    public static string Triggers { get; } =
        $"""
            do $$ begin
                if not exists (select from pg_trigger where tgname = 'only_superseded') then
                    delete from proof.map where t > proof.newest_map();
                    delete from proof.map_bucket where t > proof.newest_map();
                end if;
            end $$;
            create or replace function proof.only_superseded() returns trigger language plpgsql
                set search_path = pg_catalog, pg_temp as $fn$
            declare kept bigint := proof.oldest_kept_map(); wrong boolean;
            begin
                if tg_table_name = 'map' then
                    select exists (select from gone g where not exists (
                        select from proof.map k where k.key = g.key and k.t > g.t and k.t <= kept))
                    or exists (select from gone g join proof.map_issued i on i.t >= g.t where not exists (
                        select from proof.map k where k.key = g.key and k.t > g.t and k.t <= i.t)) into wrong;
                else
                    select exists (select from gone g where not exists (
                        select from proof.map_bucket k where k.bucket = g.bucket and k.t > g.t and k.t <= kept))
                    or exists (select from gone g join proof.map_issued i on i.t >= g.t where not exists (
                        select from proof.map_bucket k where k.bucket = g.bucket and k.t > g.t and k.t <= i.t))
                        into wrong;
                end if;
                if wrong then
                    raise exception 'delete on proof.% is refused: a head map that is kept needs the row', tg_table_name
                        using errcode = 'insufficient_privilege';
                end if;
                return null;
            end $fn$;
            create or replace function proof.only_larger() returns trigger language plpgsql as $fn$
            begin
                if new.name <> old.name or new.url <> old.url or new.vkey <> old.vkey
                    or new.last_size < old.last_size then
                    raise exception 'what a cosigner has seen only grows' using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $fn$;
            do $$ declare t text; begin
                foreach t in array array['proof.map', 'proof.map_bucket'] loop
                    execute format('create or replace trigger only_adds before update on %s '
                        'for each row execute function proof.refuse()', t);
                    execute format('create or replace trigger only_adds_all before truncate on %s '
                        'for each statement execute function proof.refuse()', t);
                    execute format('create or replace trigger only_superseded after delete on %s '
                        'referencing old table as gone for each statement execute function proof.only_superseded()', t);
                    execute format('alter table %s enable always trigger only_adds', t);
                    execute format('alter table %s enable always trigger only_adds_all', t);
                    execute format('alter table %s enable always trigger only_superseded', t);
                end loop;
            end $$;
            create or replace trigger only_larger before update on proof.cosigner
                for each row execute function proof.only_larger();
            create or replace trigger only_adds before delete on proof.cosigner
                for each row execute function proof.refuse();
            create or replace trigger only_adds_all before truncate on proof.cosigner
                for each statement execute function proof.refuse();
            alter table proof.cosigner enable always trigger only_larger;
            alter table proof.cosigner enable always trigger only_adds;
            alter table proof.cosigner enable always trigger only_adds_all;
            """;

    /// <summary>Before the triggers that ask them.</summary>
    public static string Functions { get; } =
        $"""
            create or replace function proof.newest_maps(most int) returns setof bigint language sql stable
                set search_path = pg_catalog, pg_temp as $fn$
                select (m.data->>'treeSize')::bigint from {Schema}.mt_streams s cross join lateral (
                    select e.seq_id, e.data from {Schema}.mt_events e
                    where e.stream_id = s.id and e.type = '{Mapping.LoggedMap.WireName}'
                    order by e.version desc limit most) m
                where s.type = '{Operations.LogStreams.Log}' order by m.seq_id desc limit most
            $fn$;
            create or replace function proof.newest_map() returns bigint language sql stable
                set search_path = pg_catalog, pg_temp as $fn$
                select coalesce(max(t), 0) from proof.newest_maps(1) t
            $fn$;
            create or replace function proof.oldest_kept_map() returns bigint language sql stable
                set search_path = pg_catalog, pg_temp as $fn$
                select min(t) from proof.newest_maps({Mapping.HeadMapReader.Kept}) t
                having count(*) = {Mapping.HeadMapReader.Kept}
            $fn$;
            create or replace function proof.forget_maps() returns bigint language plpgsql security definer
                set search_path = pg_catalog, pg_temp as $fn$
            declare kept bigint := proof.oldest_kept_map(); entries bigint; buckets bigint;
            begin
                delete from proof.map old using proof.map new
                    where new.t = kept and old.key = new.key and old.t < kept
                    and not exists (select from proof.map_issued i where i.t >= old.t and i.t < kept);
                get diagnostics entries = row_count;
                delete from proof.map_bucket old using proof.map_bucket new
                    where new.t = kept and old.bucket = new.bucket and old.t < kept
                    and not exists (select from proof.map_issued i where i.t >= old.t and i.t < kept);
                get diagnostics buckets = row_count;
                return entries + buckets;
            end $fn$;
            revoke all on function proof.forget_maps() from public;
            """;

    /// <summary>What the running service may do with them.</summary>
    public const string Grants = $"""
        revoke update, delete, truncate on all tables in schema proof from {ProofSchema.App};
        grant update (last_size) on proof.cosigner to {ProofSchema.App};
        grant execute on function proof.forget_maps() to {ProofSchema.App};
        """;
}
