using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>The credentials of a bundle (proof.md §8): each is named by an event, signed by a key registered for its
/// purpose, and says no more than its evidence carries.</summary>
sealed class CredentialCheck(OpenBundle bundle, OpenBundle? before, VerifiedKeys keys, BundleFindings findings)
{
    const string Typ = "dc+sd-jwt";

    public void Run()
    {
        foreach (var entry in bundle.Files.In(BundleName.Credentials))
            findings.Try("credential", entry.Name, () => Check(entry));
    }

    SdJwt Check(BundleEntry entry)
    {
        if (!SdJwt.TryRead(entry.Content.Span, out var token, out var flaw))
            throw new MalformedBundleException($"{flaw}");
        var hash = Hash.Of(token.Jwt);
        MalformedBundleException.Unless(
            entry.Name == $"{BundleName.Credentials}{hash.ToHex()}{BundleName.Leaf}",
            "named by another hash"
        );
        if (!CompactJws.TryRead(token.Jwt, Typ, out var jws, out var jwsFlaw))
            throw new MalformedBundleException($"{jwsFlaw}");
        if (!StrictJson.TryRead(jws.Payload, JsonRules.Leaf, out var clear, out var jsonFlaw))
            throw new MalformedBundleException($"{jsonFlaw}");
        if (!token.TryOpen(clear, out var open, out flaw))
            throw new MalformedBundleException($"{flaw}");
        var (shown, leaf, purpose) = Naming(hash) ?? throw new MalformedBundleException("no event names it");
        MalformedBundleException.Unless(
            clear.Text("vct")?.EndsWith("/1", StringComparison.Ordinal) == true,
            "vct is missing or of another version"
        );
        MalformedBundleException.Unless(
            keys.Find(jws.Kid) is { } key
                && key.Purpose == purpose
                && key.Leaf.Claims.Iss == clear.Text("iss")
                && key.FaultAt(shown.Index, LeafTime.Of(shown, bundle.Notes).KeysAt) is null
                && jws.IsBy(key.Jwk),
            "not signed by a key of this purpose and issuer that was valid then"
        );
        if (purpose == "wipe")
            Wipe(open, leaf);
        else
            MalformedBundleException.Unless(
                clear.TryGetProperty("exp", out var exp) && exp.Integer() >= 0,
                "exp is missing"
            );
        return token;
    }

    /// <summary>The event that has the credential's hash among its documents.</summary>
    (ShownLeaf Shown, Leaf Leaf, string Purpose)? Naming(Hash hash)
    {
        foreach (var shown in bundle.Events.Values.Concat(before?.Events.Values.AsEnumerable() ?? []))
            if (shown.Leaf is { } leaf && leaf.Claims.Docs.Any(d => d.H == hash))
                if (Purpose(leaf.Claims.Evt) is { } purpose)
                    return (shown, leaf, purpose);
        return null;
    }

    static string? Purpose(string evt) =>
        evt switch
        {
            KnownEvents.WipeAttested => "wipe",
            KnownEvents.CreditSignalShared => "credit",
            _ => null,
        };

    static void Wipe(JsonElement open, Leaf leaf)
    {
        MalformedBundleException.Unless(open.Hash("item") == leaf.Claims.Item, "it is of another item");
        MalformedBundleException.Unless(
            open.TryGetProperty("media", out var media)
                && media.ValueKind == JsonValueKind.Array
                && media.GetArrayLength() > 0,
            "no media"
        );
        var evidence = open.TryGetProperty("evidence", out var listed) ? listed : default;
        // As the set that judged it says; of one that is not known here nothing can be derived.
        if (!KnownRuleSets.AsTold.TryGetValue(leaf.Judged?.Text("ruleSet") ?? "", out var asTold))
            throw new MalformedBundleException("its event names no rule set known here");
        var level = media.EnumerateArray().Min(medium => WipeLevelOfEvidence.Of(medium, evidence, asTold));
        var derived = open.TryGetProperty("derived", out var stated) ? stated : default;
        MalformedBundleException.Unless(
            derived.ValueKind == JsonValueKind.Object && derived.Text("level") == WipeLevelOfEvidence.Words[(int)level],
            $"the evidence carries {WipeLevelOfEvidence.Words[(int)level]} only"
        );
    }
}
