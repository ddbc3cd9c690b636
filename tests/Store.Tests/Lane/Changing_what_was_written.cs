using Ledger.Store.Postgres;
using Npgsql;
using Support;

namespace Store.Tests.Lane;

/// <summary>The ledger only adds: for the running service by right, for everybody by trigger (operations.md
/// §4).</summary>
public sealed class Changing_what_was_written
{
    static readonly CancellationToken Stop = CancellationToken.None;

    static readonly string[] Tables =
    [
        "ledger.mt_events",
        "proof.leaf",
        "proof.head",
        "proof.tile",
        "proof.checkpoint",
        "proof.lane",
        "proof.map",
        "proof.map_bucket",
        "proof.cosigner",
    ];

    static readonly Dictionary<string, string> Column = new()
    {
        ["ledger.mt_events"] = "type = 'item-graded.v1'",
        ["proof.leaf"] = "n = n",
        ["proof.head"] = "seq = seq",
        ["proof.tile"] = "root = root",
        ["proof.checkpoint"] = "note = 'other'",
        ["proof.lane"] = "id = id",
        ["proof.map"] = "n = n",
        ["proof.map_bucket"] = "root = root",
        ["proof.cosigner"] = "last_size = last_size - 1",
    };

    static readonly string[] Forbidden =
    [
        .. Tables.Select(t => $"update {t} set {Column[t]}"),
        .. Tables.Select(t => $"delete from {t}"),
        .. Tables.Select(t => $"truncate {t} cascade"),
        "delete from ledger.mt_streams",
        "truncate ledger.mt_streams cascade",
        "update ledger.mt_streams set version = version - 1",
        "update ledger.mt_streams set type = 'market'",
        "update ledger.mt_streams set is_archived = true",
        "update proof.cosigner set url = 'http://elsewhere'",
        "update proof.cosigner set vkey = 'another'",
        "update proof.cosigner set name = 'another'",
        // Of these no later row of a kept map stands behind.
        "delete from proof.map where t = (select max(t) from proof.map)",
        "delete from proof.map_bucket where t = (select max(t) from proof.map_bucket)",
    ];

    [Theory]
    [InlineData("the service", "")]
    [InlineData("a superuser", "")]
    [InlineData("a superuser", "set session_replication_role = replica")]
    public async Task is_refused_by_every_statement(string who, string first)
    {
        await using var ledger = await FilledAsync();
        await using var source = DatabaseServer.Source(
            who == "the service" ? LedgerConnections.From(ledger.Connection).App : ledger.Connection
        );
        foreach (var statement in Forbidden)
        {
            await using var connection = await source.OpenConnectionAsync(Stop);
            await using var transaction = await connection.BeginTransactionAsync(Stop);
            await using var attempt = new NpgsqlCommand($"{first}; {statement}", connection);
            var error = await Record.ExceptionAsync(() => attempt.ExecuteNonQueryAsync(Stop));
            Assert.True(
                error is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege },
                $"{who}: {statement}: {error?.Message ?? "it went through"}"
            );
        }
    }

    [Fact]
    public async Task is_not_what_the_lanes_lock_does()
    {
        await using var ledger = await FilledAsync();
        await using var connection = await ledger.Database.Source.OpenConnectionAsync(Stop);
        await using var take = new NpgsqlCommand("select id from proof.lane where id = 0 for update", connection);
        Assert.Equal((short)0, await take.ExecuteScalarAsync(Stop));
    }

    /// <summary>What the service may do of all that, and must.</summary>
    [Theory]
    [InlineData("update proof.cosigner set last_size = last_size + 1")]
    [InlineData("update proof.cosigner set last_size = last_size")]
    [InlineData("select proof.forget_maps()")]
    public async Task is_not_refused_where_it_only_grows(string statement)
    {
        await using var ledger = await FilledAsync();
        await using var allowed = ledger.Database.Source.CreateCommand(statement);
        await allowed.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>Nobody but the service asks for it, and whoever plants functions before it on the path gets
    /// nothing.</summary>
    [Fact]
    public async Task is_not_lent_to_others_by_the_owner_s_function()
    {
        await using var ledger = await FilledAsync();
        await using var auditor = DatabaseServer.Source(LedgerConnections.From(ledger.Connection).Auditor);
        await using var attempt = auditor.CreateCommand(
            "set default_transaction_read_only = off; select proof.forget_maps()"
        );
        var error = await Assert.ThrowsAsync<PostgresException>(() => attempt.ExecuteNonQueryAsync(Stop));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var path = owner.CreateCommand(
            "select count(*) from pg_proc where prosecdef and pronamespace in ('proof'::regnamespace, 'ledger'::regnamespace) and not proconfig @> array['search_path=pg_catalog, pg_temp']"
        );
        Assert.Equal(0L, await path.ExecuteScalarAsync(Stop));
    }

    /// <summary>A ledger with a row in each of the tables: a statement that finds none proves nothing.</summary>
    static async Task<TestLedger> FilledAsync()
    {
        var ledger = await TestLedger.OpenAsync();
        await new Ledger.Store.Mapping.HeadMapBuilder(ledger.Node).BuildAsync(Stop);
        await using var owner = DatabaseServer.Source(ledger.Connection);
        await using var fill = owner.CreateCommand(
            """
            insert into proof.tile select 7, 0, decode(repeat('00', 8192), 'hex'), decode(repeat('00', 32), 'hex');
            insert into proof.checkpoint values (1, '', 'note', now());
            insert into proof.cosigner values ('witness', 'http://there', 'vkey', 7);
            """
        );
        await fill.ExecuteNonQueryAsync(Stop);
        foreach (var table in Tables)
        {
            await using var count = owner.CreateCommand($"select count(*) from {table}");
            Assert.NotEqual(0L, await count.ExecuteScalarAsync(Stop));
        }
        return ledger;
    }
}
