using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>One key as its chain registers it (proof.md §6). Times are seconds.</summary>
/// <param name="Where">The leaf that registers it.</param>
/// <param name="Party">Handle of its chain.</param>
sealed record RegisteredKey(
    ShownLeaf Where,
    Leaf Leaf,
    Hash Party,
    Jwk Jwk,
    string Purpose,
    bool IsOwn,
    long From,
    long? To
)
{
    readonly List<long> revokedSince = [];

    /// <summary>Whether a registrar of the reader, or an earlier key that one vouched for, stands for it.</summary>
    public bool IsVouched { get; private set; }

    /// <exception cref="MalformedBundleException">The leaf does not register a key in form.</exception>
    public static RegisteredKey Read(ShownLeaf where, Leaf leaf)
    {
        var said = leaf.Said;
        var jwk =
            (said.TryGetProperty("jwk", out var json) ? Jwk.Read(json) : null)
            ?? throw new MalformedBundleException("no key in form");
        MalformedBundleException.Unless(said.Hash("thumbprint") == jwk.Thumbprint, "thumbprint and jwk differ");
        MalformedBundleException.Unless(
            said.Text("purpose") is "leaf" or "deed" or "wipe" or "credit" or "receipt"
                && said.Text("custody") is "own" or "service",
            "unknown purpose or custody"
        );
        var from = Seconds(said, "from") ?? throw new MalformedBundleException("from is missing");
        return new(
            where,
            leaf,
            leaf.Claims.Item,
            jwk,
            said.Text("purpose")!,
            said.Text("custody") == "own",
            from,
            Seconds(said, "to")
        );
    }

    /// <exception cref="MalformedBundleException">The time is not in seconds.</exception>
    public void Revoke(Leaf leaf) => revokedSince.Add(Seconds(leaf.Said, "compromisedSince") ?? leaf.Claims.Iat);

    public bool IsRevoked(long at) => revokedSince.Any(since => at >= since);

    /// <summary>The verdict word that the key deserves for a leaf at that index and time; null for none.</summary>
    /// <param name="index">Null where it is not known.</param>
    public string? FaultAt(ulong? index, long at) =>
        IsRevoked(at) ? VerdictWords.KeyRevoked
        : at > To ? VerdictWords.KeyExpired
        : at < From || Where.Index > index ? VerdictWords.KeyNotYetValid
        : null;

    /// <summary>Whether it may sign leaves of that issuer, and did sign this one.</summary>
    public bool Signs(Leaf leaf) => MaySign(leaf) && leaf.Jws.IsBy(Jwk);

    public bool MaySign(Leaf leaf) => Purpose == "leaf" && Leaf.Claims.Iss == leaf.Claims.Iss;

    /// <summary>Decides <see cref="IsVouched"/>.</summary>
    /// <param name="earlier">Keys of the same chain that were decided before.</param>
    /// <param name="registrars">Thumbprints that the reader lists.</param>
    /// <param name="at">When its own registration is judged.</param>
    public void Vouch(IReadOnlyDictionary<Hash, RegisteredKey> earlier, IReadOnlySet<Hash> registrars, long at)
    {
        var statement = new KeyStatement(Party, Jwk.Thumbprint, Purpose, From);
        var said = Leaf.Said;
        IsVouched =
            IsOwn
            && said.Text("pop") is { } pop
            && said.Text("vouch") is { } vouch
            && statement.Check(pop, kid => kid == Jwk.Thumbprint ? Jwk : null) == SignatureVerdict.Ok
            && statement.Check(vouch, Voucher) == SignatureVerdict.Ok;

        Jwk? Voucher(Hash kid)
        {
            if (said.TryGetProperty("voucher", out var json))
                return Jwk.Read(json) is { } voucher && registrars.Contains(voucher.Thumbprint) ? voucher : null;
            return earlier.TryGetValue(kid, out var key) && key.IsVouched && !key.IsRevoked(at) ? key.Jwk : null;
        }
    }

    static long? Seconds(JsonElement said, string name)
    {
        if (!said.TryGetProperty(name, out var json))
            return null;
        return json.Integer() is >= 0 and var seconds
            ? seconds
            : throw new MalformedBundleException($"{name} is not in seconds");
    }
}
