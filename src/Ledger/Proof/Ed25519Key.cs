using NSec.Cryptography;

namespace Ledger.Proof;

/// <summary>A private key, made from a seed of 32 bytes. It lies in memory of its own that is wiped at
/// <see cref="Dispose"/> and cannot be read back. Safe for many threads at once.</summary>
public sealed class Ed25519Key : IDisposable
{
    public const int SeedSize = 32;

    readonly Key key;
    readonly byte[] publicKey;

    /// <exception cref="ArgumentException">The seed has not 32 bytes.</exception>
    public Ed25519Key(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException($"A seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>RFC 7638, as keys are named in chains and headers; b64u.</summary>
    public string Thumbprint => Jwk.OfEd25519(publicKey).Thumbprint.ToBase64Url();

    /// <summary>64 bytes; the same message gives the same signature again.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    public void Dispose() => key.Dispose();
}
