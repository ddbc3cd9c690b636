using Api.Jobs;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Publishing;
using Ledger.Store.Witness;
using Microsoft.Extensions.Logging.Abstractions;
using Support;

namespace Api.Tests.Http;

/// <summary>What a running service signs leaves with after <c>keys rotate</c>.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Taking_a_rotated_key
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task It_is_the_key_of_the_folder_once_the_log_knows_it()
    {
        var keys = TestLedger.KeysOf(TestLedger.Handles);
        await using var service = await TestService.StartAsync(keys: keys);
        var settings = new PublishingSettings(TestLedger.FolderOf(service.Node.Database.Connections.Owner));
        var watch = new LeafKeyWatch(service.Node, settings, NullLogger<LeafKeyWatch>.Instance);
        var (first, seed) = (keys.Leaf.Thumbprint, Enumerable.Repeat((byte)77, 32).ToArray());
        var next = new Ed25519Key(seed);
        Directory.CreateDirectory(Path.Combine(settings.Folder, "keys"));
        var file = Path.Combine(settings.Folder, "keys", "leaf");
        await File.WriteAllBytesAsync(file, seed, Stop);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await watch.LookAsync(Stop);
        Assert.Equal(first, keys.Leaf.Thumbprint);

        var known = await Api.Cli.KeysVerb.RegisterLeafAsync(service.Node, Jwk.OfEd25519(next.PublicKey), Stop);
        Assert.IsType<Answer.Accepted>(known);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await watch.LookAsync(Stop);
        Assert.Equal(first, keys.Leaf.Thumbprint);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await watch.LookAsync(Stop);
        Assert.Equal(next.Thumbprint, keys.Leaf.Thumbprint);
    }

    [Fact]
    public async Task A_node_with_a_key_that_the_log_does_not_know_does_not_open()
    {
        await using var ledger = await TestLedger.OpenAsync();
        using var witness = TestLedger.Witness(ledger.Folder);
        var keys = TestLedger.KeysOf(TestLedger.Handles);
        keys.Rotate(new([.. Enumerable.Repeat((byte)78, 32)]));

        var error = await Assert.ThrowsAsync<BrokenLogException>(async () =>
            await LedgerNode.OpenAsync(
                new(LedgerConnections.From(ledger.Connection), keys),
                new HouseWitness(witness, keys.Log.Origin),
                TimeProvider.System,
                "",
                Stop
            )
        );
        Assert.Contains(keys.Leaf.Thumbprint, error.Message, StringComparison.Ordinal);
    }
}
