using Ledger.Pipeline;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Postgres.Schema;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>One running node: database, log, lane and pipeline, put together in the order they lean on each
/// other.</summary>
public sealed class LedgerNode : IAsyncDisposable
{
    LedgerNode(LedgerDatabase database, IHouseWitness houseWitness, TimeProvider clock)
    {
        (Database, Witness, Clock) = (database, houseWitness, clock);
        var log = new PostgresWriteLog(database);
        Log = log;
        Tree = new(new TileRows(database));
        Lane = new(Log, database.Log, State, Tree, houseWitness, clock);
        StreamRows = new(database, log);
        Vault = new(database);
        Reader = new(database);
        Door = new(database, Lane, Vault, State);
        Pipeline = new(database, Reader, Door, new(), clock);
        Chains = new(database, Reader, Door);
        Receipts = new(database, Tree, houseWitness);
        Refusals = new(database);
        PublicLinks = new(database);
    }

    public LedgerDatabase Database { get; }
    public IHouseWitness Witness { get; }
    public TimeProvider Clock { get; }
    public LogState State { get; } = new();

    /// <summary>Where events become durable.</summary>
    public IWriteLog Log { get; }
    public TreeReader Tree { get; }
    public CommitLane Lane { get; }
    public StreamRows StreamRows { get; }
    public PersonalVault Vault { get; }
    public EventReader Reader { get; }
    public WriteDoor Door { get; }
    public CommandPipeline Pipeline { get; }

    /// <summary>Links by which anybody may look at an item.</summary>
    public PublicLinkRows PublicLinks { get; }

    /// <summary>Counts of what was refused and warned.</summary>
    public RefusalRows Refusals { get; }

    /// <summary>The keys of parties and of the operator, as they stand.</summary>
    public KeyReader Chains { get; }
    public Receipts Receipts { get; }

    /// <summary>Brings the schema up to date, holds the log against its house witness, registers the operator's key in
    /// a new log.</summary>
    /// <param name="ddl">Further statements of the schema step (the views').</param>
    /// <exception cref="BrokenLogException">The log was rolled back or forked, or belongs to others.</exception>
    public static async Task<LedgerNode> OpenAsync(
        LedgerDatabase database,
        IHouseWitness houseWitness,
        TimeProvider clock,
        string ddl,
        CancellationToken stop
    )
    {
        await SchemaStep.ApplyAsync(database, houseWitness, clock, ddl, stop);
        var node = new LedgerNode(database, houseWitness, clock);
        try
        {
            if (await WitnessCheck.FaultAsync(node.Tree, houseWitness, null, stop) is { } fault)
                throw new BrokenLogException(
                    $"{(fault.Fault is LogFault.RolledBack ? "rolled back" : "forked")}: {fault.Detail}"
                );
            if (await node.Tree.SizeAsync(stop) == 0)
                await OperatorKeys.RegisterAsync(database, node.Lane, node.Vault, clock, stop);
            if (!await node.Chains.MaySignLeavesAsync(database.Keys.Leaf, stop))
                throw new BrokenLogException(
                    $"The key for leaves of this node, {database.Keys.Leaf.Thumbprint}, is not one that the operator has registered, or it was revoked. Put the key back that this log knows (keys/leaf)."
                );
            return node;
        }
        catch
        {
            await node.Lane.DisposeAsync();
            await node.StreamRows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task WriteRefusalsAsync(CancellationToken stop)
    {
        var counts = Pipeline.Refusals.Take();
        try
        {
            await Refusals.AddAsync(counts, stop);
        }
        catch
        {
            Pipeline.Refusals.PutBack(counts);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Counts are no record: a database that is gone does not hold up the end.
        await Refusals.TryAddAsync(Pipeline.Refusals.Take());
        await Lane.DisposeAsync();
        await StreamRows.DisposeAsync();
        await Database.DisposeAsync();
    }
}
