using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof;
using Support;

namespace Faults;

/// <summary>Who holds a receipt and the log's public key, and nothing else.</summary>
sealed class Receipts
{
    readonly NoteVerifier log = NoteVerifier.Read(TestLedger.Keys.Log.Signer.Vkey)!;
    readonly Dictionary<string, Checkpoint?> opened = [];
    readonly Dictionary<ulong, Hash> roots = [];

    /// <summary>Whether each entry's leaf lies in the tree of the signed checkpoint, and one size has one
    /// root.</summary>
    public bool Verify(JsonNode receipt)
    {
        if (Open((string)receipt["checkpoint"]!) is not { } checkpoint)
            return false;
        if (!roots.TryAdd(checkpoint.Size, checkpoint.Root) && roots[checkpoint.Size] != checkpoint.Root)
            return false;
        return receipt["entries"]!
            .AsArray()
            .All(entry =>
            {
                var leaf = Merkle.LeafHash(Encoding.ASCII.GetBytes((string)entry!["leaf"]!));
                Hash[] proof =
                [
                    .. entry["inclusionProof"]!.AsArray().Select(p => Hash.Read(Convert.FromBase64String((string)p!))),
                ];
                return Merkle.VerifyInclusion(
                    ulong.Parse(entry["leafIndex"]!.ToJsonString(), CultureInfo.InvariantCulture),
                    checkpoint.Size,
                    leaf,
                    proof,
                    checkpoint.Root
                );
            });
    }

    Checkpoint? Open(string text)
    {
        if (opened.TryGetValue(text, out var known))
            return known;
        var note = SignedNote.Open(text, log);
        return opened[text] = note.Fault is null ? Checkpoint.Read(note.Text!) : null;
    }
}
