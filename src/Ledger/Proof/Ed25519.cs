using NSec.Cryptography;

namespace Ledger.Proof;

/// <summary>Ed25519 (RFC 8032): what notes, cosignatures and leaves are signed with.</summary>
public static class Ed25519
{
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    /// <summary>Whether 64 bytes are the signature of a message under a public key of 32 bytes.</summary>
    /// <remarks>A key or a signature of another length, or one that is no point of the curve, is only wrong: nothing
    /// is thrown, since all three come from whom the reader does not trust.</remarks>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize
        && signature.Length == SignatureSize
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
}
