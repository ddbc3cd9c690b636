using System.Globalization;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Store;
using Marten;
using Npgsql;

namespace Bench;

/// <summary>The same event written durably by others: into copies of the same tables with the same indexes.</summary>
sealed class Peers(string connection, IDocumentStore marten, string folder) : IAsyncDisposable
{
    static readonly Append Sample = LaneLoad
        .CommandOf(Guid.Empty, 0, new Ledger.Goods.ItemRegistered("appliance", [], Make: "海尔", Model: "BCD-215"), "k")
        .Appends[0];
    public static readonly string Event = JsonSerializer.Serialize(
        Sample.Event,
        Sample.Event.GetType(),
        WireJson.Options
    );
    public static readonly string Headers =
        $$"""{"env":{{JsonSerializer.Serialize(Sample.Envelope, WireJson.Options)}}}""";

    const string Tables = """
        create schema peer;
        create table peer.mt_streams (like ledger.mt_streams including all);
        create table peer.mt_events (like ledger.mt_events including all,
            foreign key (stream_id) references peer.mt_streams (id));
        create sequence peer.seq;
        """;

    static string StreamOf(string id) =>
        $"insert into peer.mt_streams (id, type, version, timestamp, created, tenant_id) values ({id}, 'item', 1, now(), now(), '*DEFAULT*')";

    static string EventOf(string stream, string id, string data, string headers) =>
        $"""
            insert into peer.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, timestamp, mt_dotnet_type,
                is_archived, headers) values (nextval('peer.seq'), {id}, {stream}, 1, {data}, 'item-registered.v1',
                '*DEFAULT*', now(), 'Ledger.Goods.ItemRegistered, Ledger', false, {headers})
            """;

    readonly NpgsqlDataSource source = new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(connection)
        {
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 32,
        }.ConnectionString
    ).Build();

    public static string NpgsqlVersion => typeof(NpgsqlConnection).Assembly.GetName().Version!.ToString(3);

    public async Task PrepareAsync()
    {
        await using var make = source.CreateCommand(Tables);
        await make.ExecuteNonQueryAsync();
    }

    /// <summary>One stream and one event a commit, in one round trip.</summary>
    public async Task<bool> RawAsync(int caller)
    {
        var (stream, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var open = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(open);
        var first = new NpgsqlBatchCommand(StreamOf("$1"));
        first.Parameters.Add(new() { Value = stream });
        var second = new NpgsqlBatchCommand(EventOf("$1", "$2", "$3", "$4"));
        second.Parameters.Add(new() { Value = stream });
        second.Parameters.Add(new() { Value = id });
        second.Parameters.Add(new() { Value = Event, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        second.Parameters.Add(new() { Value = Headers, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        batch.BatchCommands.Add(first);
        batch.BatchCommands.Add(second);
        await batch.ExecuteNonQueryAsync();
        return true;
    }

    /// <summary>Marten's own session, one commit each, with the settings of the ledger.</summary>
    public async Task<bool> MartenAsync(int caller)
    {
        await using var session = marten.LightweightSession();
        var e = session.Events.BuildEvent(Sample.Event);
        e.Id = Guid.CreateVersion7();
        e.SetHeader("env", Sample.Envelope);
        session.Events.StartStream<Ledger.Goods.Item>(Guid.CreateVersion7(), e);
        await session.SaveChangesAsync();
        return true;
    }

    /// <summary>pgbench with prepared statements and at most 32 clients, which two cores are busy with; latencies of a
    /// fifth of its transactions.</summary>
    /// <param name="rate">Transactions a second, at times it draws: an open loop, whose latency counts from the time a
    /// transaction was meant to start.</param>
    public async Task<Sample> PgbenchAsync(int clients, int seconds, double? rate = null)
    {
        // The server has 100 places: those that idle here are wanted there.
        source.Clear();
        var at = new NpgsqlConnectionStringBuilder(connection);
        var script = Path.Combine(folder, "insert.sql");
        static string Quoted(string json) => $"'{json.Replace("'", "''", StringComparison.Ordinal)}'::jsonb";
        // \gset would break the pipeline into more trips: both ids come from one draw of the client.
        var stream = "('00000000-0000-7000-8000-' || lpad(to_hex(:r::bigint), 12, '0'))::uuid";
        await File.WriteAllTextAsync(
            script,
            $"""
            \set r random(1, 281474976710655)
            begin;
            {StreamOf(stream)};
            {EventOf(stream, stream, Quoted(Event), Quoted(Headers)).ReplaceLineEndings(" ")};
            commit;

            """.Replace("\r", "", StringComparison.Ordinal)
        );
        var log = Path.Combine(folder, $"pgbench-{Guid.NewGuid():N}");
        string[] who = ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!];
        string[] what =
        [
            "-n",
            "-M",
            "prepared",
            "-c",
            $"{Math.Min(clients, 32)}",
            "-j",
            "2",
            "-T",
            $"{seconds}",
            "-f",
            script,
            "-l",
            "--sampling-rate=0.2",
            $"--log-prefix={log}",
            .. rate is { } r ? (string[])["-R", r.ToString("F0", CultureInfo.InvariantCulture)] : [],
            at.Database!,
        ];
        var output = await Conditions.RunAsync(
            Conditions.PgTool("pgbench"),
            [.. who, .. what],
            ("PGPASSWORD", at.Password ?? "")
        );
        var latencies = Directory
            .EnumerateFiles(folder, Path.GetFileName(log) + "*")
            .SelectMany(File.ReadLines)
            .Select(l => (long)(Conditions.Number(l.Split(' ')[2]) * System.Diagnostics.Stopwatch.Frequency / 1e6))
            .ToList();
        var tps = System.Text.RegularExpressions.Regex.Match(output, @"tps = ([\d.]+)");
        return new(Conditions.Number(tps.Groups[1].Value), latencies);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
