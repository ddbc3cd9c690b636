using Api.Cluster;
using Api.Settings;
using Npgsql;
using Support;

namespace Api.Tests.Cluster;

/// <summary>The private cluster seen by those who should not come in: other users of the machine, and its own superuser
/// where the keys are.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[TakesLong]
public sealed class Keeping_others_out_of_the_cluster : IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("ledger-doors-");

    string Data => Path.Combine(root.FullName, "data");
    string Pg => Path.Combine(Data, "pg");
    string Note => Path.Combine(Data, "cluster.socket");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_superuser_reads_no_key_and_no_file_of_root(bool closed)
    {
        OtherUser.IsNeeded();
        // A temporary folder is closed to others as it is made.
        if (!closed)
            File.SetUnixFileMode(root.FullName, File.GetUnixFileMode(root.FullName) | UnixFileMode.OtherExecute);
        await using var cluster = await OpenAsync();
        KeyFiles.Make(Data);
        KeyFiles.MakeWitness(Path.Combine(Data, "witness"));
        await using var source = DatabaseServer.Source(cluster.ConnectionString);
        await RunAsync(source, "create temp table if not exists t (line text)");
        Assert.Equal("on", await AskAsync(source, "select current_setting('is_superuser')"));

        foreach (
            var file in (string[])["keys/kh", "keys/log", "keys/kek-1", "witness/key", "policy.txt", "/etc/shadow"]
        )
        {
            var path = Path.Combine(Data, file);
            if (file == "policy.txt")
                await File.WriteAllTextAsync(path, "secret", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(
                path,
                File.GetUnixFileMode(path) & (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
            );
            foreach (
                var sql in (string[])
                    [
                        $"select pg_read_binary_file('{path}')",
                        $"create temp table t (line text); copy t from '{path}'",
                        $"create temp table t (line text); copy t from program 'cat {path}'",
                        $"copy (select 1) to program 'cat {path} >/dev/null'",
                        $"select lo_import('{path}')",
                    ]
            )
                await Assert.ThrowsAsync<PostgresException>(() => RunAsync(source, sql));
        }
        await Assert.ThrowsAsync<PostgresException>(() =>
            RunAsync(source, $"copy (select 1) to program 'ls {Data}/keys >/dev/null'")
        );
    }

    [Fact]
    public async Task Its_server_and_what_the_server_starts_hold_no_capability()
    {
        OtherUser.IsNeeded();
        await using var cluster = await OpenAsync();
        await using var source = DatabaseServer.Source(cluster.ConnectionString);
        var server = File.ReadLines(Path.Combine(Pg, "postmaster.pid")).First();
        Assert.All(
            Rights(await File.ReadAllTextAsync($"/proc/{server}/status", TestContext.Current.CancellationToken)),
            Assert.Empty
        );
        Assert.All(
            Rights(
                await AskAsync(
                    source,
                    "create temp table t (line text); copy t from program 'cat /proc/self/status' (format csv, quote E'\\x01', delimiter E'\\x02'); select string_agg(line, E'\\n') from t"
                )
            ),
            Assert.Empty
        );

        static IEnumerable<string> Rights(string status) =>
            status
                .Split('\n')
                .Where(l =>
                    l.StartsWith("Cap", StringComparison.Ordinal) && !l.StartsWith("CapBnd", StringComparison.Ordinal)
                )
                .Select(l => l[7..].Trim().Trim('0'));
    }

    [Fact]
    public async Task Another_user_of_the_machine_is_refused_at_the_folder_and_at_the_socket()
    {
        OtherUser.IsNeeded();
        await using var cluster = await OpenAsync();
        var (host, port) = Socket(cluster);
        foreach (var role in (string[])["ledger", "ledger_app", "postgres"])
            Assert.Contains(
                "Permission denied",
                (await OtherUser.AskAsync("nobody", host, port, role)).Text,
                StringComparison.Ordinal
            );
        var (exit, text) = await OtherUser.RunAsync("nobody", "ls", host);
        Assert.True(exit != 0, text);

        // Were the folder open: the system says who knocks.
        File.SetUnixFileMode(host, (UnixFileMode)0x1ff);
        File.SetUnixFileMode(Path.Combine(host, $".s.PGSQL.{port}"), (UnixFileMode)0x1ff);
        foreach (var user in (string[])["nobody", "postgres"])
            Assert.Contains(
                "Peer authentication failed",
                (await OtherUser.AskAsync(user, host, port, "ledger")).Text,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Its_socket_folder_has_a_name_that_nobody_can_know_before()
    {
        string first;
        await using (var cluster = await OpenAsync())
        {
            first = Socket(cluster).Host;
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(first)
            );
            Assert.True(Path.Combine(first, ".s.PGSQL.5432").Length < 100);
        }
        Assert.False(Directory.Exists(first));
        Assert.False(File.Exists(Note));
        await using var again = await OpenAsync();
        Assert.NotEqual(first, Socket(again).Host);
    }

    [Theory]
    [InlineData("a link")]
    [InlineData("open to others")]
    [InlineData("another's")]
    public async Task A_folder_that_another_could_have_put_in_its_place_is_not_trusted(string kind)
    {
        OtherUser.IsNeeded();
        await using var cluster = await OpenAsync();
        var (host, _) = Socket(cluster);
        var kept = host + ".kept";
        Directory.Move(host, kept);
        try
        {
            if (kind == "a link")
                Directory.CreateSymbolicLink(host, kept);
            else
                Directory.CreateDirectory(host, kind == "another's" ? (UnixFileMode)0x1c0 : (UnixFileMode)0x1ff);
            // A verb that would join is not led astray.
            var error = await Assert.ThrowsAsync<ClusterException>(OpenAsync);
            Assert.Contains(host, error.Message, StringComparison.Ordinal);
            Assert.Contains("700", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(host);
            Directory.Move(kept, host);
        }
        await using var joined = await OpenAsync();
        Assert.Equal(cluster.ConnectionString, joined.ConnectionString);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cluster_that_trusted_its_socket_trusts_no_more(bool running)
    {
        PrivateCluster? before = await OpenAsync();
        if (!running)
        {
            await before.DisposeAsync();
            before = null;
        }
        await File.WriteAllTextAsync(
            Path.Combine(Pg, "pg_hba.conf"),
            "local all all trust\nhost all all 127.0.0.1/32 trust\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(Pg, "ledger.conf"),
            "listen_addresses = '127.0.0.1'\n",
            TestContext.Current.CancellationToken
        );
        await using (var cluster = await OpenAsync())
        {
            await using var source = DatabaseServer.Source(cluster.ConnectionString);
            // A server that runs reads them within moments.
            await Support.Patience.UntilAsync(async () =>
                await AskAsync(
                    source,
                    "select string_agg(distinct type || ' ' || auth_method, ',') from pg_hba_file_rules where error is null"
                ) == "local peer"
                && !(await File.ReadAllTextAsync(Path.Combine(Pg, "ledger.conf"))).Contains(
                    "127.0.0.1",
                    StringComparison.Ordinal
                )
            );
            if (!running)
                Assert.Equal("", await AskAsync(source, "show listen_addresses"));
        }
        if (before is not null)
            await before.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_died_comes_back_to_the_same_socket()
    {
        await using var cluster = await OpenAsync();
        var before = cluster.ConnectionString;
        Assert.False(await cluster.RestoreAsync(TestContext.Current.CancellationToken));
        await PowerCut.OfAsync(Pg);
        Assert.True(await cluster.RestoreAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, cluster.ConnectionString);
        await using var source = DatabaseServer.Source(before);
        Assert.Equal("1", await AskAsync(source, "select '1'"));

        // Whoever comes while it is down does not move it.
        await PowerCut.OfAsync(Pg);
        Directory.Delete(Socket(cluster).Host, recursive: true);
        await using var other = await OpenAsync();
        Assert.Equal(before, other.ConnectionString);
        Assert.False(await cluster.RestoreAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_copy_of_the_folder_runs_a_server_of_its_own()
    {
        await using var cluster = await OpenAsync();
        var copy = Path.Combine(root.FullName, "copy");
        // As somebody copies it who does not know that it runs: lock file and note come along.
        await Folders.CopyAsync(Data, copy);
        await using var other = await PrivateCluster.OpenAsync(copy, TestContext.Current.CancellationToken);
        Assert.NotEqual(cluster.ConnectionString, other.ConnectionString);
        await using var source = DatabaseServer.Source(other.ConnectionString);
        Assert.Equal(Path.Combine(copy, "pg"), await AskAsync(source, "show data_directory"));
        Assert.True(Directory.Exists(Socket(cluster).Host));
    }

    [Fact]
    public async Task A_creation_that_was_cut_off_is_completed()
    {
        Directory.CreateDirectory(Path.Combine(Data, "pg.making", "base"));
        await File.WriteAllTextAsync(
            Path.Combine(Data, "pg.making", "PG_VERSION"),
            "15\n",
            TestContext.Current.CancellationToken
        );
        using (
            var chown = System.Diagnostics.Process.Start(
                "chown",
                [
                    "-R",
                    Environment.IsPrivilegedProcess ? "postgres:" : Environment.UserName,
                    Path.Combine(Data, "pg.making"),
                ]
            )
        )
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var cluster = await PrivateCluster.OpenAsync(Data, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(Path.Combine(Data, "pg.making")));
        await using var source = DatabaseServer.Source(cluster.ConnectionString);
        Assert.Equal("on", await AskAsync(source, "show data_checksums"));
    }

    async Task<PrivateCluster> OpenAsync()
    {
        if (!PrivateCluster.IsIn(Data))
            await PreparedCluster.GiveAsync(Data);
        return await PrivateCluster.OpenAsync(Data, TestContext.Current.CancellationToken);
    }

    static (string Host, int Port) Socket(PrivateCluster cluster) =>
        new NpgsqlConnectionStringBuilder(cluster.ConnectionString) is var c ? (c.Host!, c.Port) : default;

    static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    static async Task<string> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public void Dispose() => root.Delete(recursive: true);
}
