using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ledger.Proof;

/// <summary>Reads the claims of one payload by the table of proof.md §6; the first that does not fit is the
/// fault.</summary>
sealed partial class LeafReader(JsonElement payload)
{
    /// <summary>The last second of the year 9999: a time that every reader can hold.</summary>
    const long LastSecond = 253_402_300_799;

    LeafFault fault;

    public Leaf? Read(Hash leafHash, CompactJws jws, out LeafFault found)
    {
        foreach (var claim in payload.EnumerateObject())
            if (!LeafClaims.Names.Contains(claim.Name))
                Fail(LeafFlaw.UnknownClaim, claim.Name);
        var said = Required("said", Clear);
        var judged = Optional<JsonElement>("judged", j => Clear(j)?.GetPropertyCount() > 0 ? j : null);
        var leaf = new Leaf
        {
            LeafHash = leafHash,
            Jws = jws,
            Payload = payload,
            Said = said,
            Judged = judged,
            Sd = Digests(),
            Claims = Claims(said, judged),
        };
        found = fault;
        return fault.Flaw == LeafFlaw.None ? leaf : null;
    }

    LeafClaims Claims(JsonElement said, JsonElement? judged)
    {
        var n = Required<long>("n", j => j.Integer() is >= 1 and var n ? n : null);
        return new()
        {
            Iss = RequiredText("iss", Url()),
            Iat = Required<long>("iat", j => j.Integer() is >= 0 and <= LastSecond and var iat ? iat : null),
            Jti = Required("jti", JsonShapes.Uuid),
            Evt = RequiredText("evt", WireName()),
            At = Optional("at", Instant),
            Item = Required("item", JsonShapes.Hash),
            N = n,
            Prev = Required<Hash>("prev", j => j.Hash() is { } prev && (n != 1 || prev == default) ? prev : null),
            Ids = List("ids", JsonShapes.Hash),
            Said = Raw(said),
            Judged = judged is { } some ? Raw(some) : default,
            Docs = List("docs", Document),
            Ref = List("ref", Reference),
            Act = Texts("act", most: 4),
        };
    }

    /// <summary>An object that hides nothing: digests stand at the top level only.</summary>
    static JsonElement? Clear(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && !SdJwt.HoldsReservedName(json) ? json : null;

    static DateTimeOffset? Instant(JsonElement json) => LeafInstant.TryParse(json.Text(), out var at) ? at : null;

    static LeafDocument? Document(JsonElement json) =>
        json.Has("h", "mt", "sz")
        && json.Hash("h") is { } h
        && json.Text("mt") is { } mt
        && MediaType().IsMatch(mt)
        && json.GetProperty("sz").Integer() is >= 0 and var sz
            ? new(h, mt, sz)
            : null;

    static LeafReference? Reference(JsonElement json) =>
        json.Has("jti", "h") && json.GetProperty("jti").Uuid() is { } jti && json.Hash("h") is { } h
            ? new(jti, h)
            : null;

    /// <summary>4, 8, 16 or 32 digests in ASCII order; with the name of their algorithm, or neither.</summary>
    ImmutableArray<string> Digests()
    {
        var sd = Texts("_sd", most: 32);
        var sorted = true;
        for (var i = 0; i < sd.Length; i++)
            sorted &=
                StrictBase64.ReadUrlHash(sd[i]) is not null && (i == 0 || string.CompareOrdinal(sd[i - 1], sd[i]) < 0);
        if (!sorted || sd.Length is not (0 or 4 or 8 or 16 or 32))
            Fail(LeafFlaw.ClaimShape, "_sd");
        var alg = Optional<bool>("_sd_alg", j => j.Text() == "sha-256" ? true : null);
        if (alg is null != sd.IsEmpty)
            Fail(LeafFlaw.ClaimShape, "_sd_alg");
        return sd;
    }

    T Required<T>(string name, Func<JsonElement, T?> read)
        where T : struct
    {
        if (!payload.TryGetProperty(name, out _))
            Fail(LeafFlaw.MissingClaim, name);
        return Optional(name, read).GetValueOrDefault();
    }

    string RequiredText(string name, Regex form)
    {
        _ = Required<JsonElement>(name, j => j.Text() is { } text && form.IsMatch(text) ? j : null);
        return payload.TryGetProperty(name, out var claim) ? claim.Text() ?? "" : "";
    }

    T? Optional<T>(string name, Func<JsonElement, T?> read)
        where T : struct
    {
        if (!payload.TryGetProperty(name, out var claim))
            return null;
        var value = read(claim);
        if (value is null)
            Fail(LeafFlaw.ClaimShape, name);
        return value;
    }

    /// <summary>A list is absent or has elements.</summary>
    ImmutableArray<T> List<T>(string name, Func<JsonElement, T?> read)
        where T : struct =>
        Optional<ImmutableArray<T>>(
            name,
            j => j.ValueKind == JsonValueKind.Array && j.GetArrayLength() > 0 ? Elements(j, read) : null
        ) ?? [];

    ImmutableArray<string> Texts(string name, int most)
    {
        var texts = List<JsonElement>(name, j => j.ValueKind == JsonValueKind.String ? j : null);
        if (texts.Length > most)
            Fail(LeafFlaw.ClaimShape, name);
        return [.. texts.Select(t => t.GetString()!)];
    }

    static ImmutableArray<T>? Elements<T>(JsonElement json, Func<JsonElement, T?> read)
        where T : struct
    {
        var elements = ImmutableArray.CreateBuilder<T>(json.GetArrayLength());
        foreach (var element in json.EnumerateArray())
            if (read(element) is { } value)
                elements.Add(value);
            else
                return null;
        return elements.ToImmutable();
    }

    static ReadOnlyMemory<byte> Raw(JsonElement json) =>
        json.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(json).ToArray();

    void Fail(LeafFlaw flaw, string where)
    {
        if (fault.Flaw == LeafFlaw.None)
            fault = new(flaw, where);
    }

    [GeneratedRegex(@"^https?://[!-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.v[1-9][0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex WireName();

    [GeneratedRegex(@"^[!-.0-~]+/[ -~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaType();
}
