using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Api.Tests.Import;
using Ledger.Proof;
using Ledger.Store.Witness;
using Support;

namespace Api.Tests.Cli;

/// <summary>A file that belongs to a ledger is gone, or another one lies in its place: every verb says which, and makes
/// nothing beside existing data.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Losing_a_key
{
    static readonly string Seen = Path.GetFileName(WitnessHost.PathOf("", TestLedger.Keys.Log.Origin));

    static readonly string[][] Ways =
    [
        ["item", "tag:1"],
        ["history", "tag:1"],
        ["rebuild"],
        ["keys", "list"],
        ["bundle", "tag:1", "-o", "/tmp/never.zip"],
        ["audit"],
    ];

    public static TheoryData<string> Files =>
        ["keys/kh", "keys/kl", "keys/log", "keys/leaf", "keys/kek-1", "witness/key", $"witness/{Seen}", "policy.txt"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Of_an_existing_ledger_is_said_and_none_is_made(string name)
    {
        await using var ledger = await FilledAsync();
        var path = Path.Combine(ledger.Data, name);
        File.Delete(path);
        var before = Names(ledger);

        var ran = await ledger.RunAsync("item", "tag:1");
        Assert.Equal((3, ""), (ran.Exit, ran.Out));
        Assert.Contains(path, ran.Error, StringComparison.Ordinal);
        Assert.Contains("put it back", ran.Error, StringComparison.Ordinal);
        Assert.Equal(before, Names(ledger));
        // A reader's policy is nothing that an audit asks for.
        if (name != "policy.txt")
            Assert.Equal(3, (await ledger.RunAsync("audit")).Exit);
        Assert.Equal(before, Names(ledger));
    }

    [Fact]
    public async Task Is_said_by_every_verb_and_by_the_service()
    {
        await using var ledger = await FilledAsync();
        var path = Path.Combine(ledger.Data, "keys", "kek-1");
        File.Delete(path);
        foreach (
            var way in Ways.Append(["serve", "--port", "0"])
                .Append(["import", ledger.Write("again.csv", Sale.File(new Sale("two")))])
        )
        {
            var ran = await ledger.RunAsync(way);
            Assert.Equal((way[0], 3, ""), (way[0], ran.Exit, ran.Out));
            Assert.Contains(path, ran.Error, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task All_of_them_are_named_at_once()
    {
        await using var ledger = await FilledAsync();
        Directory.Delete(Path.Combine(ledger.Data, "keys"), recursive: true);
        var ran = await ledger.RunAsync("item", "tag:1");
        Assert.Equal(3, ran.Exit);
        foreach (var name in (string[])["kh", "kl", "log", "leaf", "kek-1"])
            Assert.Contains(Path.Combine(ledger.Data, "keys", name), ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(ledger.Data, "keys")));
    }

    [Theory]
    [InlineData("kh")]
    [InlineData("kl")]
    [InlineData("log")]
    [InlineData("leaf")]
    [InlineData("kek-1")]
    public async Task And_putting_another_in_its_place_is_found(string name)
    {
        await using var ledger = await FilledAsync();
        var path = Path.Combine(ledger.Data, "keys", name);
        var own = File.ReadAllBytes(path);
        File.WriteAllBytes(
            path,
            name == "log"
                // The log's own name: only its signatures tell the keys apart.
                ? Encoding.ASCII.GetBytes(
                    NoteSigner.Skey(TestLedger.Keys.Log.Origin, RandomNumberGenerator.GetBytes(32)) + "\n"
                )
                : RandomNumberGenerator.GetBytes(32)
        );
        foreach (
            var way in (string[][])
                [
                    ["item", "tag:1"],
                    ["audit"],
                ]
        )
        {
            // An audit signs no leaf: it finds the registered key by itself.
            if (name == "leaf" && way[0] == "audit")
                continue;
            var ran = await ledger.RunAsync(way);
            Assert.Equal((way[0], 3, ""), (way[0], ran.Exit, ran.Out));
            Assert.Contains($"keys/{name}", ran.Error, StringComparison.Ordinal);
        }
        File.WriteAllBytes(path, own);
        Assert.Equal(0, (await ledger.RunAsync("audit")).Exit);
    }

    [Fact]
    public async Task A_generation_that_texts_still_need_is_named()
    {
        await using var ledger = await FilledAsync();
        var second = Path.Combine(ledger.Data, "keys", "kek-2");
        File.WriteAllBytes(second, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(second, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, (await ledger.ImportAsync(ledger.Write("two.csv", Sale.File(new Sale("two"))))).Exit);
        Assert.Equal(0, (await ledger.RunAsync("audit")).Exit);
        foreach (var name in (string[])["kek-1", "kek-2"])
        {
            var path = Path.Combine(ledger.Data, "keys", name);
            File.Move(path, path + ".away");
            var ran = await ledger.RunAsync("item", "tag:1");
            Assert.Equal(3, ran.Exit);
            Assert.Contains($"keys/{name} is missing", ran.Error, StringComparison.Ordinal);
            File.Move(path + ".away", path);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("kh")]
    [InlineData("kh", "kek-1", "log")]
    public async Task Before_the_first_row_they_are_made(params string[] lost)
    {
        await using var ledger = await ScratchLedger.EmptyAsync();
        // As a first start leaves it that was killed while it made them.
        foreach (var name in lost)
            File.Delete(Path.Combine(ledger.Data, "keys", name));
        var (sales, markets) = (Path.Combine(ledger.Folder, "sales.csv"), Path.Combine(ledger.Folder, "markets.csv"));
        await LedgerProgram.RunAsync("demo", "--rows", "1", "--seed", "7", "-o", sales, "--markets", markets);
        Assert.Equal(0, (await ledger.ImportAsync(markets, "--kind", "history")).Exit);
        Assert.Equal(0, (await ledger.ImportAsync(sales)).Exit);
        Assert.Equal(0, (await ledger.RunAsync("audit")).Exit);
    }

    [Fact]
    public async Task A_folder_whose_cluster_is_gone_does_not_begin_anew()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-lost-").FullName;
        try
        {
            var data = Path.Combine(folder, "data");
            Assert.Equal(1, (await LedgerProgram.RunAsync("item", "tag:1", "--data", data)).Exit);
            var pg = Path.Combine(data, "pg");
            Directory.Move(pg, Path.Combine(folder, "elsewhere"));
            var ran = await LedgerProgram.RunAsync("item", "tag:1", "--data", data);
            Assert.Equal(3, ran.Exit);
            Assert.Contains("no database any more", ran.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(pg));
            Directory.Move(Path.Combine(folder, "elsewhere"), pg);

            // And one whose keys are gone makes none beside its cluster.
            Directory.Move(Path.Combine(data, "keys"), Path.Combine(folder, "elsewhere"));
            ran = await LedgerProgram.RunAsync("item", "tag:1", "--data", data);
            Assert.Equal(3, ran.Exit);
            Assert.Contains(Path.Combine(data, "keys", "kh"), ran.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(data, "keys")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static readonly Lazy<Task<ScratchLedger>> Filled = new(FillAsync);

    static async Task<ScratchLedger> FilledAsync() => await (await Filled.Value).CopyAsync();

    static async Task<ScratchLedger> FillAsync()
    {
        var ledger = await ScratchLedger.OpenAsync();
        Assert.Equal(0, (await ledger.ImportAsync(ledger.Write("one.csv", Sale.File(new Sale("one"))))).Exit);
        return ledger;
    }

    static string Names(ScratchLedger ledger) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFileSystemEntries(ledger.Data, "*", SearchOption.AllDirectories)
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p}"))
                .Order(StringComparer.Ordinal)
        );
}
