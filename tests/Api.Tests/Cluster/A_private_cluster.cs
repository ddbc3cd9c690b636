using Api.Cluster;
using Support;

namespace Api.Tests.Cluster;

/// <summary>The embedded PostgreSQL itself: what <c>ops/run</c> leans on.</summary>
public sealed class A_private_cluster : IDisposable
{
    // Long, with a blank, below a folder that only its owner may enter: a socket's path could not lie there.
    readonly string folder = Path.Combine(
        Directory.CreateTempSubdirectory("ledger cluster ").FullName,
        new string('x', 100)
    );

    [Fact]
    public async Task Is_durable_checked_and_reachable_on_its_socket_only()
    {
        await using var cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        Assert.Equal("on", await AskAsync(cluster, "show fsync"));
        Assert.Equal("on", await AskAsync(cluster, "show synchronous_commit"));
        Assert.Equal("on", await AskAsync(cluster, "show data_checksums"));
        Assert.Equal("", await AskAsync(cluster, "show listen_addresses"));
    }

    [Fact]
    public async Task Recovers_what_was_committed_when_everything_was_killed()
    {
        var cluster = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        await AskAsync(cluster, "create table kept (n int); insert into kept values (42)");
        await PowerCut.OfAsync(Path.Combine(folder, "pg"));
        await using var again = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        Assert.Equal("42", await AskAsync(again, "select n::text from kept"));
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Is_stopped_by_the_last_who_leaves()
    {
        var first = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        var second = await PrivateCluster.OpenAsync(folder, CancellationToken.None);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        await first.DisposeAsync();
        Assert.Equal("1", await AskAsync(second, "select '1'"));
        await second.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(folder, "pg", "postmaster.pid")));
    }

    [Fact]
    public async Task Leaves_a_folder_alone_that_holds_something_else()
    {
        Directory.CreateDirectory(Path.Combine(folder, "pg"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "pg", "mine.txt"),
            "x",
            TestContext.Current.CancellationToken
        );
        var error = await Assert.ThrowsAsync<ClusterException>(() =>
            PrivateCluster.OpenAsync(folder, CancellationToken.None)
        );
        Assert.Contains("no empty folder", error.Message, StringComparison.Ordinal);
    }

    static async Task<string?> AskAsync(PrivateCluster cluster, string sql)
    {
        await using var source = DatabaseServer.Source(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
}
