using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>What a party signs of an event with its own key (proof.md §6): what it says, not what the ledger judges of
/// it, and neither n nor prev, so that a concurrent event does not spoil it.</summary>
public sealed record Deed
{
    /// <summary>The one <c>typ</c> of deeds.</summary>
    public const string Typ = "trade-deed+jwt";

    /// <summary>Handle of the party's key chain.</summary>
    public required Hash Party { get; init; }

    /// <summary>The part it plays in the event.</summary>
    public required string Role { get; init; }

    /// <summary>As in the leaf.</summary>
    public required string Evt { get; init; }

    /// <summary>As in the leaf.</summary>
    public required Hash Item { get; init; }

    /// <summary>As in the leaf.</summary>
    public required Guid Jti { get; init; }

    /// <summary>What is said: <see cref="DigestOf"/> the leaf. The member <c>deed</c>.</summary>
    public required Hash Digest { get; init; }

    /// <summary>Size of the newest published checkpoint the signer had, 0 before the first; at most 2⁵³−1.</summary>
    public required ulong SeenSize { get; init; }

    /// <summary>Its root; of size 0, SHA-256 of nothing.</summary>
    public required Hash SeenRoot { get; init; }

    /// <summary>Until when it may be recorded, Unix seconds.</summary>
    public required long Exp { get; init; }

    /// <summary>SHA-256 of the canonical form of <c>{at,ids,said,docs,ref,_sd}</c>, absent ones left out.</summary>
    /// <param name="claims">Of the leaf; said has to be JSON.</param>
    /// <param name="sd">The claim <c>_sd</c>.</param>
    public static Hash DigestOf(LeafClaims claims, ImmutableArray<string> sd)
    {
        using var json = new Utf8Builder();
        LeafWriter.WriteDeed(json, claims, sd);
        return Hash.Of(Jcs.Of(JsonElement.Parse(json.Written)));
    }

    /// <summary>The payload to sign (with <see cref="CompactJws.ToSign"/> or
    /// <see cref="CompactJws.Sign(Ed25519Key, string, ReadOnlySpan{byte})"/>).</summary>
    public byte[] ToJson()
    {
        using var json = new Utf8Builder();
        json.Add("{\"party\":"u8);
        json.AddText(Party.ToBase64Url());
        json.Add(",\"role\":"u8);
        json.AddText(Role);
        json.Add(",\"evt\":"u8);
        json.AddText(Evt);
        json.Add(",\"item\":"u8);
        json.AddText(Item.ToBase64Url());
        json.Add(",\"jti\":"u8);
        json.AddText($"{Jti}");
        json.Add(",\"deed\":"u8);
        json.AddText(Digest.ToBase64Url());
        json.Add(",\"seen\":{\"size\":"u8);
        json.Add(SeenSize);
        json.Add(",\"root\":"u8);
        json.AddText(SeenRoot.ToBase64Url());
        json.Add("},\"exp\":"u8);
        json.Add(Exp);
        json.Add("}"u8);
        return json.ToArray();
    }

    /// <summary>Reads a payload: exactly these members.</summary>
    /// <returns>Null where it is none.</returns>
    public static Deed? Read(ReadOnlySpan<byte> payload)
    {
        if (
            !StrictJson.TryRead(payload, JsonRules.Leaf, out var json, out _)
            || !json.Has("party", "role", "evt", "item", "jti", "deed", "seen", "exp")
            || !json.GetProperty("seen").Has("size", "root")
            || json.Hash("party") is not { } party
            || json.Text("role") is not { Length: > 0 } role
            || json.Text("evt") is not { } evt
            || json.Hash("item") is not { } item
            || json.GetProperty("jti").Uuid() is not { } jti
            || json.Hash("deed") is not { } digest
            || json.GetProperty("seen").GetProperty("size").Integer() is not (>= 0 and var size)
            || json.GetProperty("seen").Hash("root") is not { } root
            || json.GetProperty("exp").Integer() is not (>= 0 and var exp)
        )
            return null;
        return new()
        {
            Party = party,
            Role = role,
            Evt = evt,
            Item = item,
            Jti = jti,
            Digest = digest,
            SeenSize = (ulong)size,
            SeenRoot = root,
            Exp = exp,
        };
    }
}
