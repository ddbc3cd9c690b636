using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Witness;
using Npgsql;
using Store.Tests.Lane;
using Support;

namespace Store.Tests.Contract;

/// <summary>Two nodes on a PostgreSQL, the first one through a proxy that loses answers.</summary>
public sealed class PostgresScene : LogScene
{
    TestLedger ledger = null!;
    LossyProxy proxy = null!;
    LedgerDatabase database = null!;
    WitnessHost witness = null!;
    NpgsqlDataSource owner = null!;
    PostgresWriteLog log = null!;
    CommitLane lane = null!;

    public override IWriteLog Log => log;
    public override IWriteLog Other => ledger.Node.Log;
    public override CommitLane Lane => lane;
    public override CommitLane OtherLane => ledger.Node.Lane;
    public override TreeReader Tree => ledger.Node.Tree;

    public override async ValueTask InitializeAsync()
    {
        ledger = await TestLedger.OpenAsync();
        owner = DatabaseServer.Source(ledger.Connection);
        proxy = new(ledger.Connection);
        // Nothing but the log and its lane: no other commit of this node may be the one that is lost.
        database = new(LedgerConnections.From(proxy.Connection), TestLedger.Keys);
        witness = TestLedger.Witness(ledger.Folder);
        log = new(database);
        lane = new(
            log,
            TestLedger.Keys.Log,
            new(),
            new(new TileRows(database)),
            new HouseWitness(witness, TestLedger.Keys.Log.Origin),
            TimeProvider.System
        );
    }

    public override void LoseNextAnswer() => proxy.LoseNext();

    public override async Task<IAsyncDisposable> HoldCommitsAsync()
    {
        var connection = await owner.OpenConnectionAsync(CancellationToken.None);
        await connection.BeginTransactionAsync(CancellationToken.None);
        // Lets a turn read, and holds its first insert.
        await using var hold = new NpgsqlCommand("lock table proof.leaf in exclusive mode", connection);
        await hold.ExecuteNonQueryAsync(CancellationToken.None);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await lane.DisposeAsync();
        await database.DisposeAsync();
        witness.Dispose();
        proxy.Dispose();
        await owner.DisposeAsync();
        await ledger.DisposeAsync();
    }
}

/// <summary>The contract on PostgreSQL.</summary>
public sealed class Appending_to_PostgreSQL(PostgresScene scene)
    : Appending_to_a_log(scene),
        IClassFixture<PostgresScene>;
