namespace Ledger.Store.Postgres.Schema;

/// <summary>
/// Tables of the proof log and the vault, and who may do what with them (proof.md §9, operations.md §4). The log
/// is insert-only by grant and by trigger; what finds an attacker who drops both is the log itself.
/// </summary>
static class ProofSchema
{
    /// <summary>The service's role, the vault's, the auditor's.</summary>
    public const string App = "ledger_app",
        Auditor = "ledger_auditor";

    /// <summary>Roles belong to the server, not to a database: made where missing.</summary>
    public const string Roles = $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{App}') then
                create role {App} login;
            end if;
            if not exists (select from pg_roles where rolname = '{Auditor}') then
                create role {Auditor} login;
                alter role {Auditor} set default_transaction_read_only = on;
                alter role {Auditor} set statement_timeout = '10min';
            end if;
        exception when duplicate_object or unique_violation then null;
        end $$;
        """;

    public const string Tables = """
        create schema if not exists proof;
        create table if not exists proof.lane (id smallint primary key check (id = 0), origin text not null,
            guard text not null);
        create table if not exists proof.head (size bigint primary key check (size >= 0), prev bigint unique,
            root bytea not null check (octet_length(root) = 32), seq bigint not null,
            mac bytea not null check (octet_length(mac) = 32), at timestamptz not null);
        create table if not exists proof.leaf (idx bigint primary key check (idx >= 0), event_id uuid not null unique,
            stream_id uuid not null, n bigint not null check (n >= 1), cmd bytea,
            body bytea not null check (octet_length(body) between 1 and 16384),
            hash bytea not null check (octet_length(hash) = 32), unique (stream_id, n));
        create table if not exists proof.tile (level smallint, n bigint,
            hashes bytea not null check (octet_length(hashes) = 8192),
            root bytea not null check (octet_length(root) = 32), primary key (level, n));
        create table if not exists proof.checkpoint (size bigint primary key, root bytea not null, note text not null,
            published_at timestamptz not null);
        create table if not exists proof.cosigner (name text primary key, url text not null, vkey text not null,
            last_size bigint not null default 0);
        create table if not exists proof.map (key bytea check (octet_length(key) = 32), t bigint, n bigint not null,
            leaf_hash bytea not null, idx bigint not null, primary key (key, t));
        create table if not exists proof.map_bucket (bucket int check (bucket between 0 and 65535), t bigint,
            root bytea not null, primary key (bucket, t));
        create table if not exists proof.map_issued (t bigint primary key);
        create index if not exists map_t on proof.map (t);
        create index if not exists map_bucket_t on proof.map_bucket (t);
        create schema if not exists vault;
        create table if not exists vault.subject_key (subject_id uuid primary key, purpose text not null, wrapped bytea,
            label bytea, kek_generation int not null, created timestamptz not null, shredded_at timestamptz);
        create table if not exists vault.disclosure (digest bytea primary key, event_id uuid not null,
            subject_id uuid not null, ct bytea not null);
        create index if not exists disclosure_subject on vault.disclosure (subject_id);
        create index if not exists disclosure_event on vault.disclosure (event_id);
        create table if not exists vault.blind_index (kind text, mac bytea, subject_id uuid,
            primary key (kind, mac, subject_id));
        create index if not exists blind_subject on vault.blind_index (subject_id);
        create table if not exists vault.hold (subject_id uuid, basis text not null, until date, leaf_hash bytea,
            primary key (subject_id, basis));
        """;

    /// <summary>ENABLE ALWAYS: <c>session_replication_role</c> does not switch them off. DELETE on a stream would take
    /// its events along (the foreign key cascades).</summary>
    public const string Triggers = $$"""
        create or replace function proof.refuse() returns trigger language plpgsql as $fn$
        begin
            raise exception '% on %.% is refused: the ledger only adds', tg_op, tg_table_schema, tg_table_name
                using errcode = 'insufficient_privilege';
        end $fn$;
        create or replace function proof.only_grows() returns trigger language plpgsql as $fn$
        begin
            if new.id <> old.id or new.type is distinct from old.type or new.version < old.version
                or new.tenant_id is distinct from old.tenant_id or new.created <> old.created
                or new.is_archived is distinct from old.is_archived then
                raise exception 'a stream only grows' using errcode = 'insufficient_privilege';
            end if;
            return new;
        end $fn$;
        do $$ declare t text; begin
            foreach t in array array['proof.lane', 'proof.head', 'proof.leaf', 'proof.tile', 'proof.checkpoint',
                'proof.map_issued',
                '{{LedgerDatabase.Schema}}.mt_events'] loop
                execute format('create or replace trigger only_adds before update or delete on %s '
                    'for each row execute function proof.refuse()', t);
                execute format('create or replace trigger only_adds_all before truncate on %s '
                    'for each statement execute function proof.refuse()', t);
                execute format('alter table %s enable always trigger only_adds', t);
                execute format('alter table %s enable always trigger only_adds_all', t);
            end loop;
            t := '{{LedgerDatabase.Schema}}.mt_streams';
            execute format('create or replace trigger only_adds before delete on %s '
                'for each row execute function proof.refuse()', t);
            execute format('create or replace trigger only_adds_all before truncate on %s '
                'for each statement execute function proof.refuse()', t);
            execute format('create or replace trigger only_grows before update on %s '
                'for each row execute function proof.only_grows()', t);
            execute format('alter table %s enable always trigger only_adds', t);
            execute format('alter table %s enable always trigger only_adds_all', t);
            execute format('alter table %s enable always trigger only_grows', t);
        end $$;
        """;

    /// <summary>What the running service may do; run again after each schema step.</summary>
    public const string Grants = $$"""
        grant usage, create on schema {{LedgerDatabase.Schema}} to {{App}};
        grant usage on schema proof, vault to {{App}};
        grant select, insert, update, delete on all tables in schema {{LedgerDatabase.Schema}} to {{App}};
        revoke update, delete, truncate on {{LedgerDatabase.Schema}}.mt_events from {{App}};
        revoke update, delete, truncate on {{LedgerDatabase.Schema}}.mt_streams from {{App}};
        grant update (version, timestamp) on {{LedgerDatabase.Schema}}.mt_streams to {{App}};
        revoke insert, update, delete, truncate on {{LedgerDatabase.Schema}}.about from {{App}};
        grant usage, select, update on all sequences in schema {{LedgerDatabase.Schema}} to {{App}};
        grant execute on all functions in schema {{LedgerDatabase.Schema}} to {{App}};
        grant select, insert on all tables in schema proof to {{App}};
        {{MapRights.Grants}}
        grant update (id) on proof.lane to {{App}};
        {{ReservationRights.Grants}}
        grant select, insert, update, delete on all tables in schema vault to {{App}};
        grant usage on schema {{LedgerDatabase.Schema}}, proof to {{Auditor}};
        grant select on all tables in schema {{LedgerDatabase.Schema}}, proof to {{Auditor}};
        """;
}
