using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>Opens one payload with some disclosures, by RFC 9901 §7.1: a digest leads to its disclosure wherever it
/// stands, also within another disclosure.</summary>
sealed class SdJwtOpener(ImmutableArray<Disclosure> disclosures)
{
    readonly Dictionary<Hash, Disclosure> byDigest = disclosures.ToDictionary(d => d.Digest);
    readonly HashSet<Hash> seen = [];
    SdJwtFlaw flaw;

    public bool TryOpen(JsonElement payload, out JsonElement open, out SdJwtFlaw found)
    {
        open = default;
        using var json = new Utf8Builder();
        if (payload.ValueKind != JsonValueKind.Object)
            Fail(SdJwtFlaw.Digest);
        else if (payload.TryGetProperty("_sd_alg", out var alg) && alg.Text() != "sha-256")
            Fail(SdJwtFlaw.HashAlgorithm);
        else if (payload.TryGetProperty("cnf", out _))
            Fail(SdJwtFlaw.KeyBinding);
        else
            Write(json, payload, 0);
        if (flaw == SdJwtFlaw.None && !byDigest.Keys.All(seen.Contains))
            Fail(SdJwtFlaw.Unreferenced);
        found = flaw;
        if (flaw == SdJwtFlaw.None)
            open = JsonElement.Parse(json.Written);
        return flaw == SdJwtFlaw.None;
    }

    /// <summary>Depth is counted over disclosures too: a chain of them would else end the stack.</summary>
    void Write(Utf8Builder json, JsonElement value, int depth)
    {
        if (flaw != SdJwtFlaw.None)
            return;
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            json.Add(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
        else if (depth == StrictJson.DeepestLevel)
            Fail(SdJwtFlaw.TooDeep);
        else if (value.ValueKind == JsonValueKind.Object)
            WriteObject(json, value, depth);
        else
            WriteArray(json, value, depth);
    }

    void WriteObject(Utf8Builder json, JsonElement value, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.Add("{"u8);
        foreach (var member in value.EnumerateObject())
            if (member.Name == "...")
                Fail(SdJwtFlaw.ReservedName);
            else if (member.Name != "_sd" && !(depth == 0 && member.Name == "_sd_alg"))
                WriteMember(member.Name, member.Value);
        if (value.TryGetProperty("_sd", out var digests))
            foreach (var disclosure in Opened(digests))
                WriteMember(disclosure.Name!, disclosure.Value);
        json.Add("}"u8);

        void WriteMember(string name, JsonElement content)
        {
            if (names.Count > 0)
                json.Add(","u8);
            if (!names.Add(name))
                Fail(SdJwtFlaw.NameExists);
            json.AddText(name);
            json.Add(":"u8);
            Write(json, content, depth + 1);
        }
    }

    void WriteArray(Utf8Builder json, JsonElement value, int depth)
    {
        var rest = false;
        json.Add("["u8);
        foreach (var element in value.EnumerateArray())
        {
            var shown = element;
            if (element.Has("..."))
            {
                if (Referred(element.GetProperty("..."), named: false) is not { } disclosure)
                    continue;
                shown = disclosure.Value;
            }
            if (rest)
                json.Add(","u8);
            Write(json, shown, depth + 1);
            rest = true;
        }
        json.Add("]"u8);
    }

    List<Disclosure> Opened(JsonElement digests)
    {
        if (digests.ValueKind == JsonValueKind.Array)
            return [.. digests.EnumerateArray().Select(d => Referred(d, named: true)).OfType<Disclosure>()];
        Fail(SdJwtFlaw.Digest);
        return [];
    }

    /// <summary>The disclosure of a digest, if there is one and it belongs here.</summary>
    Disclosure? Referred(JsonElement digest, bool named)
    {
        if (digest.Hash() is not { } hash)
            Fail(SdJwtFlaw.Digest);
        else if (!seen.Add(hash))
            Fail(SdJwtFlaw.DigestTwice);
        else if (byDigest.TryGetValue(hash, out var disclosure))
        {
            if (disclosure.Name is not null == named)
                return disclosure;
            Fail(SdJwtFlaw.WrongPlace);
        }
        return null;
    }

    void Fail(SdJwtFlaw found)
    {
        if (flaw == SdJwtFlaw.None)
            flaw = found;
    }
}
