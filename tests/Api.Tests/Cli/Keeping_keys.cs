using System.Text;
using System.Text.Json;
using Api.Tests.Import;
using Ledger.Proof;
using Support;

namespace Api.Tests.Cli;

public sealed class Keeping_keys
{
    [Fact]
    public async Task Rotating_signs_with_the_new_key_from_then_on()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var old = File.ReadAllBytes(Path.Combine(ledger.Data, "keys", "leaf"));
        await ledger.ImportAsync(ledger.Write("first.csv", Sale.File(new Sale("one"))));

        var ran = await ledger.RunAsync("keys", "rotate", "--json");
        Assert.True(ran.Exit == 0, ran.Error);
        var (next, retired) = (Text(ran.Document, "thumbprint"), Text(ran.Document, "retired"));
        Assert.Equal(old, File.ReadAllBytes(Path.Combine(ledger.Data, "keys", $"leaf.{retired}")));
        Assert.NotEqual(old, File.ReadAllBytes(Path.Combine(ledger.Data, "keys", "leaf")));
        Assert.False(File.Exists(Path.Combine(ledger.Data, "keys", "leaf.next")));
        await ledger.ImportAsync(ledger.Write("second.csv", Sale.File(new Sale("two"))));

        var listed = (await ledger.RunAsync("keys", "list", "--json")).Document.GetProperty("items");
        var keys = listed
            .EnumerateArray()
            .ToDictionary(k => Text(k, "thumbprint"), k => Jwk.Read(k.GetProperty("jwk")));
        Assert.Equal([retired, next], keys.Keys);
        var signers = new List<string>();
        foreach (var leaf in await LeavesAsync(ledger))
        {
            signers.Add(leaf.Jws.Kid.ToBase64Url());
            Assert.True(leaf.Jws.IsBy(keys[signers[^1]]!));
        }
        // The old key registers the new one; the import after it is signed by that one alone.
        Assert.Equal([retired, next], signers.Distinct());
        Assert.Equal(retired, signers[(int)await LeafOfAsync(ledger, next)]);
        Assert.All(signers.Skip((int)await LeafOfAsync(ledger, next) + 1), s => Assert.Equal(next, s));
        Assert.Equal(0, (await ledger.RunAsync("audit")).Exit);
    }

    [Fact]
    public async Task A_party_registers_its_own_and_revokes_it()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        const string party = "MK-510104-0001";
        var listed = (await ledger.RunAsync("keys", "list", party, "--json")).Document;
        using var own = new Ed25519Key([.. Enumerable.Repeat((byte)41, 32)]);
        using var registrar = new Ed25519Key([.. Enumerable.Repeat((byte)42, 32)]);
        var key = Jwk.OfEd25519(own.PublicKey);
        var statement = new KeyStatement(
            StrictBase64.ReadUrlHash(Text(listed, "party"))!.Value,
            key.Thumbprint,
            "deed",
            1_767_225_600
        );
        string[] register =
        [
            "keys",
            "register",
            party,
            "--jwk",
            ledger.Write("jwk.json", key.Json),
            "--pop",
            ledger.Write("pop.jws", statement.Sign(own)),
            "--vouch",
            ledger.Write("vouch.jws", statement.Sign(registrar)),
        ];
        var voucher = ledger.Write("voucher.json", Jwk.OfEd25519(registrar.PublicKey).Json);

        Assert.Equal((1, "signature-invalid"), Refusal(await ledger.RunAsync([.. register, "--json"])));
        Assert.Equal(0, (await ledger.RunAsync([.. register, "--voucher", voucher])).Exit);
        Assert.Contains(
            key.Thumbprint.ToBase64Url(),
            (await ledger.RunAsync("keys", "list", party)).Out,
            StringComparison.Ordinal
        );
        string[] revoke = ["keys", "revoke", key.Thumbprint.ToBase64Url(), "--json"];
        Assert.Equal(0, (await ledger.RunAsync(revoke)).Exit);
        Assert.Equal((1, "key-revoked"), Refusal(await ledger.RunAsync([.. revoke, "--reason", "again"])));
        Assert.Contains("revoked", (await ledger.RunAsync("keys", "list", party)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_today_is_not_revoked()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var present = Jwk.OfEd25519(TestLedger.Keys.Leaf.PublicKey).Thumbprint.ToBase64Url();
        var ran = await ledger.RunAsync("keys", "revoke", present);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("rotate", ran.Error, StringComparison.Ordinal);
    }

    static (int, string?) Refusal(Ran ran) => (ran.Exit, ran.Document.GetProperty("code").GetString());

    static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    static async Task<List<Leaf>> LeavesAsync(ScratchLedger ledger)
    {
        await using var source = DatabaseServer.Source(ledger.Connection);
        await using var command = source.CreateCommand("select body from proof.leaf order by idx");
        var leaves = new List<Leaf>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            Assert.True(Leaf.TryRead(rows.GetFieldValue<byte[]>(0), out var leaf, out _));
            leaves.Add(leaf);
        }
        return leaves;
    }

    /// <summary>Where a key was registered.</summary>
    static async Task<long> LeafOfAsync(ScratchLedger ledger, string thumbprint) =>
        (await LeavesAsync(ledger)).FindIndex(l =>
            l.Claims.Evt == "key-registered.v1"
            && Encoding.UTF8.GetString(l.Claims.Said.Span).Contains(thumbprint, StringComparison.Ordinal)
        );
}
