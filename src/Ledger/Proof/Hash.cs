using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Ledger.Proof;

/// <summary>32 bytes of SHA-256, by value; the default is 32 zero bytes, which is the <c>prev</c> of a first leaf
/// (proof.md §6).</summary>
[InlineArray(Size)]
public struct Hash : IEquatable<Hash>
{
    public const int Size = 32;

    byte first;

    /// <summary>SHA-256 of some bytes.</summary>
    public static Hash Of(ReadOnlySpan<byte> bytes)
    {
        Hash hash = default;
        SHA256.HashData(bytes, hash);
        return hash;
    }

    /// <summary>Takes 32 bytes as they are.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static Hash Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        Hash hash = default;
        bytes.CopyTo(hash);
        return hash;
    }

    public readonly byte[] ToArray() => ((ReadOnlySpan<byte>)this).ToArray();

    /// <summary>Standard alphabet with padding, 44 characters (b64 of proof.md).</summary>
    public readonly string ToBase64() => Convert.ToBase64String(this);

    /// <summary>URL alphabet without padding, 43 characters (b64u of proof.md).</summary>
    public readonly string ToBase64Url() => System.Buffers.Text.Base64Url.EncodeToString(this);

    public readonly string ToHex() => Convert.ToHexStringLower(this);

    public readonly bool Equals(Hash other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is Hash other && Equals(other);

    public override readonly int GetHashCode() => BitConverter.ToInt32(this);

    /// <summary>As memory is compared, and PostgreSQL's <c>bytea</c>.</summary>
    public static IComparer<Hash> ByBytes { get; } =
        Comparer<Hash>.Create((one, other) => ((ReadOnlySpan<byte>)one).SequenceCompareTo(other));

    public static bool operator ==(Hash left, Hash right) => left.Equals(right);

    public static bool operator !=(Hash left, Hash right) => !left.Equals(right);

    public override readonly string ToString() => ToBase64();
}
