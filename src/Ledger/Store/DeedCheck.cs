using System.Collections.Immutable;
using System.Text;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store;

/// <summary>Who is going to sign a prepared deed.</summary>
/// <param name="Thumbprint">Of an own key for deeds; it gives the party.</param>
/// <param name="Role">The part the party plays in the event.</param>
public sealed record Signer(string Thumbprint, string Role);

/// <summary>Deeds of parties: drafts what one has to sign, and holds what was signed against the leaf that is about to
/// be logged (proof.md §6).</summary>
sealed class DeedCheck(LedgerDatabase database, KeyReader keys)
{
    /// <summary>What a desk that is not offline may take to sign and send.</summary>
    static readonly TimeSpan Term = TimeSpan.FromMinutes(15);

    readonly CheckpointRows checkpoints = new(database);
    readonly HeadRows heads = new(database);

    /// <summary>The key that a signer names.</summary>
    public async Task<(Jwk? Key, Hash Party, Refusal? Refusal)> KeyAsync(
        Signer signer,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (
            await keys.FindAsync(signer.Thumbprint, stop) is not var (stream, chain)
            || chain.Find(signer.Thumbprint) is not { SignsDeeds: true } key
            || !key.IsValidAt(now)
        )
            return (
                null,
                default,
                Refusal.Of("key-not-found", ("value", Bounds.Short(signer.Thumbprint))).At("Ledger-Deed-Key")
            );
        return key.Revoked is null
            ? (KeyDecider.Read(key.Key.Jwk), keys.HandleOf(stream), null)
            : (null, default, Refusal.Of(KeyEvents.IsRevoked, ("value", signer.Thumbprint)));
    }

    /// <summary>The signing input for the last event of a command.</summary>
    public async Task<string> DraftAsync(
        SealedEvent e,
        Jwk key,
        Hash party,
        string role,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var leaf = Read(e);
        // The newest published checkpoint; before the first one the empty log.
        var (size, root) = await checkpoints.NewestTreeAsync(stop);
        var deed = new Deed
        {
            Party = party,
            Role = role,
            Evt = leaf.Claims.Evt,
            Item = leaf.Claims.Item,
            Jti = leaf.Claims.Jti,
            Digest = Deed.DigestOf(leaf.Claims, leaf.Sd),
            SeenSize = size,
            SeenRoot = root,
            Exp = (now + Term).ToUnixTimeSeconds(),
        };
        return Encoding.ASCII.GetString(CompactJws.ToSign(key, Deed.Typ, deed.ToJson()));
    }

    /// <summary>The chains that some deeds name, to be read before the command is sealed: it rests on them.</summary>
    public async Task<ImmutableArray<(Guid Stream, Keychain Chain)>> ChainsAsync(
        ImmutableArray<string> act,
        CancellationToken stop
    )
    {
        var found = new Dictionary<Guid, Keychain>();
        foreach (var signed in act.Select(Deeds.Read).OfType<SignedDeed>())
            if (await keys.FindAsync(signed.Jws.Kid.ToBase64Url(), stop) is var (stream, chain))
                found[stream] = chain;
        return [.. found.Select(f => (f.Key, f.Value))];
    }

    /// <summary>What is wrong with the deeds of a sealed event, or null.</summary>
    public async Task<Refusal?> FlawAsync(
        SealedEvent e,
        ImmutableArray<(Guid Stream, Keychain Chain)> chains,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var leaf = Read(e);
        var sizes = leaf.Claims.Act.Select(Deeds.Read).OfType<SignedDeed>().Select(d => d.Deed.SeenSize);
        // The log's size, and the roots of those sizes: every checkpoint ever published has a head.
        var roots = await heads.RootsAsync(sizes, stop);
        var size = roots.Keys.Max();
        return DeedDecider.Check(
            new(leaf, size, now, chains.ToDictionary(c => keys.HandleOf(c.Stream), c => c.Chain), roots)
        );
    }

    /// <summary>The chains' versions, which the lane checks again.</summary>
    public static IEnumerable<Expectation> Expects(ImmutableArray<(Guid Stream, Keychain Chain)> chains) =>
        chains.Select(c => new Expectation(c.Stream, c.Chain.Version));

    static Leaf Read(SealedEvent e) =>
        Leaf.TryRead(e.Leaf, out var leaf, out var fault)
            ? leaf
            : throw new InvalidOperationException($"A leaf of ours cannot be read: {fault}.");
}
