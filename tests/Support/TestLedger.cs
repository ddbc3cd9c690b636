using JasperFx;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;
using Marten;
using Projections;

namespace Support;

/// <summary>A ledger on a fresh database, with a fixed key: what the command line opens, without its folder.</summary>
public sealed class TestLedger : IAsyncDisposable
{
    readonly DocumentStore store;

    TestLedger(LedgerDatabase database, DocumentStore store, string connection)
    {
        (Database, this.store, Connection) = (database, store, connection);
        Reader = new(database);
        Door = new(database, store);
        Desk = new(database, Reader, Door, TimeProvider.System);
        Tables = new(database);
    }

    public string Connection { get; }
    public LedgerDatabase Database { get; }
    public EventReader Reader { get; }
    public WriteDoor Door { get; }
    public CommandDesk Desk { get; }
    public ViewTables Tables { get; }
    public IDocumentStore Store => store;

    public static Handles Handles { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    /// <param name="connection">An existing database, for a second node; null: a new one.</param>
    public static async Task<TestLedger> OpenAsync(string? connection = null)
    {
        connection ??= await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        var database = new LedgerDatabase(LedgerDatabase.Connect(connection), Handles);
        var store = DocumentStore.For(o =>
        {
            LedgerDatabase.Configure(o, database.Source, AutoCreate.None);
            o.DisableNpgsqlLogging = true;
            Registry.Register(o, database);
        });
        await database.PrepareAsync(store, ViewTables.Ddl, CancellationToken.None);
        var ledger = new TestLedger(database, store, connection);
        await ledger.Tables.PrepareAsync(CancellationToken.None);
        return ledger;
    }

    /// <summary>Records a command as a clerk would, under its own key.</summary>
    public Task<Answer> RecordAsync(
        ItemCommand command,
        Guid item,
        string key,
        DateTimeOffset? at = null,
        Acting? by = null,
        params Identifier[] identifiers
    ) =>
        Desk.RecordAsync(
            new(
                command,
                item,
                by ?? Acting.Local,
                "test",
                key,
                $"hash of {command}",
                at ?? new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)
            )
            {
                Identifiers = [.. identifiers],
            },
            null,
            CancellationToken.None
        );

    public static NamedIdentifier Name(string text) => Handles.Name(Identifier.Parse(text).Identifier!);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await Database.Source.DisposeAsync();
    }
}
