using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Proof;

/// <summary>A fact that a leaf holds as a digest only.</summary>
/// <param name="Name">Its name; none of <see cref="LeafClaims.Names"/>, once a leaf.</param>
/// <param name="Value">Its value in canonical JSON (<see cref="Jcs"/>).</param>
/// <param name="SaltKey">32 bytes: the salt key of the subject, or of the event where there is none. Who destroys it
/// makes the digest say nothing for ever.</param>
public readonly record struct DisclosureDraft(string Name, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> SaltKey);

/// <summary>
/// The disclosures of one leaf and the digests that stand for them (proof.md §6). The same drafts under the same jti
/// give the same bytes, so a repeated command makes the same leaf.
/// </summary>
public sealed record Disclosures
{
    const int Most = 32;

    public static Disclosures None { get; } = new();

    Disclosures() { }

    /// <summary>The disclosures as they are handed out, in the order of the drafts.</summary>
    public ImmutableArray<string> Encoded { get; private init; } = [];

    /// <summary>Their digests, in the same order.</summary>
    public ImmutableArray<Hash> Digests { get; private init; } = [];

    /// <summary>Digests of nothing: they hide how many there are.</summary>
    public ImmutableArray<Hash> Decoys { get; private init; } = [];

    /// <summary>The claim <c>_sd</c>: digests and decoys as base64url, sorted as ASCII; empty, 4, 8, 16 or
    /// 32.</summary>
    public ImmutableArray<string> Sd { get; private init; } = [];

    /// <summary>Salts, encodes and hashes.</summary>
    /// <exception cref="ArgumentException">More than 32, a name reserved, of a leaf's own or used twice, a salt key
    /// that has not 32 bytes.</exception>
    public static Disclosures Make(Guid jti, params ReadOnlySpan<DisclosureDraft> drafts)
    {
        if (drafts.IsEmpty)
            return None;
        Check(drafts);
        var encoded = new string[drafts.Length];
        var digests = new Hash[drafts.Length];
        for (var i = 0; i < drafts.Length; i++)
        {
            encoded[i] = Encode(jti, i, drafts[i]);
            digests[i] = DigestOf(encoded[i]);
        }
        var full = Math.Max(4, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)drafts.Length));
        var decoys = new Hash[full - drafts.Length];
        for (var i = 0; i < decoys.Length; i++)
            decoys[i] = Decoy(jti, drafts.Length + i, drafts[0].SaltKey.Span);
        return new()
        {
            Encoded = [.. encoded],
            Digests = [.. digests],
            Decoys = [.. decoys],
            Sd = [.. digests.Concat(decoys).Select(d => d.ToBase64Url()).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>SHA-256 of the encoded form, as <c>_sd</c> holds it.</summary>
    public static Hash DigestOf(string encoded) => Hash.Of(Encoding.ASCII.GetBytes(encoded));

    static void Check(ReadOnlySpan<DisclosureDraft> drafts)
    {
        if (drafts.Length > Most)
            throw new ArgumentException($"A leaf has at most {Most} disclosures.", nameof(drafts));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value, key) in drafts)
        {
            if (name == "..." || LeafClaims.Names.Contains(name) || !names.Add(name))
                throw new ArgumentException($"A disclosure cannot be called {name} here.", nameof(drafts));
            if (value.IsEmpty || key.Length != Hash.Size)
                throw new ArgumentException($"{name} lacks a value or a salt key of 32 bytes.", nameof(drafts));
        }
    }

    static string Encode(Guid jti, int position, in DisclosureDraft draft)
    {
        using var text = new Utf8Builder();
        text.Add("[\""u8);
        text.AddBase64Url(Salt(jti, position, draft).AsSpan(0, 16));
        text.Add("\","u8);
        text.AddText(draft.Name);
        text.Add(","u8);
        text.Add(draft.Value.Span);
        text.Add("]"u8);
        return System.Buffers.Text.Base64Url.EncodeToString(text.Written);
    }

    static byte[] Salt(Guid jti, int position, in DisclosureDraft draft)
    {
        var value = Hash.Of(draft.Value.Span);
        using var text = new Utf8Builder();
        text.Add("salt\0"u8);
        text.Add(jti);
        text.Add("\0"u8);
        text.Add(position);
        text.Add("\0"u8);
        text.Add(Encoding.UTF8.GetBytes(draft.Name));
        text.Add("\0"u8);
        text.Add(value);
        return HMACSHA256.HashData(draft.SaltKey.Span, text.Written);
    }

    static Hash Decoy(Guid jti, int position, ReadOnlySpan<byte> key)
    {
        using var text = new Utf8Builder();
        text.Add("decoy\0"u8);
        text.Add(jti);
        text.Add("\0"u8);
        text.Add(position);
        return Hash.Read(HMACSHA256.HashData(key, text.Written));
    }
}
