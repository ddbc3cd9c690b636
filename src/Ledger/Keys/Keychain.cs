using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>A party's keys as folded from their stream: each registration, and what ended it.</summary>
/// <param name="Keys">In the order of their registration.</param>
/// <param name="Version">Of the stream; 0: no key was ever registered.</param>
public sealed record Keychain(ImmutableArray<KeyOfChain> Keys, long Version)
{
    public static Keychain Empty { get; } = new([], 0);

    public static Keychain Fold(IEnumerable<StoredEvent> history) =>
        history.Aggregate(Empty, (chain, e) => chain.With(e.Event) with { Version = e.Version });

    public KeyOfChain? Find(string thumbprint) => Keys.FirstOrDefault(k => k.Key.Thumbprint == thumbprint);

    Keychain With(LedgerEvent e) =>
        e switch
        {
            KeyRegistered key => this with { Keys = Keys.Add(new(key, null)) },
            KeyRevoked revoked => this with
            {
                Keys = [.. Keys.Select(k => k.Key.Thumbprint == revoked.Thumbprint ? k with { Revoked = revoked } : k)],
            },
            _ => this,
        };
}

/// <summary>A key of a chain.</summary>
/// <param name="Revoked">Null while it is live.</param>
public sealed record KeyOfChain(KeyRegistered Key, KeyRevoked? Revoked)
{
    /// <summary>A party signs deeds with it itself.</summary>
    public bool SignsDeeds => Key is { Purpose: KeyPurpose.Deed, Custody: KeyCustody.Own };

    /// <summary>From its first second to its last, both included.</summary>
    public bool IsValidAt(DateTimeOffset time) =>
        time.ToUnixTimeSeconds() is var second && second >= Key.From && !(second > Key.To);
}
