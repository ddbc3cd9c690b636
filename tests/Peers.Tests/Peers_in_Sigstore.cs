using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Proof;
using Ledger.Tests.Proof;

namespace Peers.Tests;

/// <summary>@sigstore/verify: checkpoint, its signature, and inclusion.</summary>
public sealed class Peers_in_Sigstore
{
    static readonly NaiveLog Log = new(66_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_537)]
    public async Task accept_our_checkpoint_and_our_proofs_and_no_changed_one(int size)
    {
        using var key = new Ed25519Key([.. Enumerable.Repeat((byte)1, 32)]);
        var signer = new NoteSigner("ledger.example.org/trade-2026", key);
        var root = Log.RootAt((ulong)size);
        var note = signer.Sign(new Checkpoint("ledger.example.org/trade-2026", (ulong)size, root).Body);
        int[] indices = [0, size / 2, size - 1];
        var good = indices.Select(i => Entry(i, i, size)).ToList();
        // The same proofs for a leaf that is not there.
        var bad = indices.Select(i => Entry(i, i + 1_000_000, size)).ToList();

        var answer = await NodePeer.Ask(
            "sigstore",
            new
            {
                note,
                jwk = JsonDocument.Parse(Jwk.OfEd25519(key.PublicKey).Json).RootElement,
                hint = signer.Key.Id.ToString("x8", CultureInfo.InvariantCulture),
                name = signer.Key.Name,
                entries = good.Concat(bad),
            }
        );

        Assert.Equal(size.ToString(CultureInfo.InvariantCulture), answer.GetProperty("size").GetString());
        Assert.Equal(root.ToBase64(), answer.GetProperty("root").GetString());
        var entries = answer.GetProperty("entries").EnumerateArray().ToList();
        Assert.All(entries.Take(3), e => Assert.Equal(JsonValueKind.True, e.ValueKind));
        Assert.All(entries.Skip(3), e => Assert.Equal(JsonValueKind.String, e.ValueKind));
    }

    static object Entry(int index, int leaf, int size) =>
        new
        {
            index = index.ToString(CultureInfo.InvariantCulture),
            leaf = Convert.ToBase64String(Encoding.ASCII.GetBytes(leaf.ToString(CultureInfo.InvariantCulture))),
            hashes = Log.Resolve(ProofPlan.Inclusion((ulong)index, (ulong)size)).Select(h => h.ToBase64()),
        };
}
