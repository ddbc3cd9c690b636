using System.Security.Cryptography;
using System.Text;

namespace Ledger.Store.Vault;

/// <summary>
/// The key of one subject (a party, or an item for facts without a person): from its 32 bytes follow the key that
/// encrypts what is said of it and the key that salts its digests. Destroyed at erasure: then neither can be made again
/// (proof.md §9).
/// </summary>
public sealed class SubjectKey
{
    const int NonceSize = 12,
        TagSize = 16;

    readonly byte[] secret;
    readonly byte[] dek;

    SubjectKey(Guid subject, byte[] secret)
    {
        (Subject, this.secret) = (subject, secret);
        dek = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "dek"u8.ToArray());
        Salt = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "salt"u8.ToArray());
    }

    public Guid Subject { get; }

    /// <summary>32 bytes that salts and decoys are made with (proof.md §6).</summary>
    public byte[] Salt { get; }

    /// <summary>A new subject's key.</summary>
    public static SubjectKey New(Guid subject) => new(subject, RandomNumberGenerator.GetBytes(32));

    /// <summary>AES-256-GCM over some text: nonce(12) ‖ ciphertext ‖ tag(16).</summary>
    /// <param name="bound">What the text belongs to: it opens nowhere else.</param>
    public byte[] Encrypt(string text, ReadOnlySpan<byte> bound) => Seal(dek, Encoding.UTF8.GetBytes(text), bound);

    /// <exception cref="CryptographicException">It was changed, or belongs elsewhere.</exception>
    public string Decrypt(ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> bound) =>
        Encoding.UTF8.GetString(Open(dek, sealedText, bound));

    /// <summary>Null where it does not open: it was changed, or belongs elsewhere.</summary>
    public string? TryDecrypt(ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> bound)
    {
        try
        {
            return Decrypt(sealedText, bound);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The key under a key-encryption key, bound to its subject.</summary>
    internal byte[] Wrap(byte[] kek) => Seal(kek, secret, Subject.ToByteArray(bigEndian: true));

    internal static SubjectKey Unwrap(Guid subject, byte[] kek, ReadOnlySpan<byte> wrapped) =>
        new(subject, Open(kek, wrapped, subject.ToByteArray(bigEndian: true)));

    static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound)
    {
        var result = new byte[NonceSize + plain.Length + TagSize];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            plain,
            result.AsSpan(NonceSize, plain.Length),
            result.AsSpan(NonceSize + plain.Length),
            bound
        );
        return result;
    }

    static byte[] Open(byte[] key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> bound)
    {
        if (box.Length < NonceSize + TagSize)
            throw new CryptographicException("A sealed text has at least 28 bytes.");
        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, bound);
        return plain;
    }
}

/// <summary>Keys that wrap subject keys, in generations of 30 days, outside the database (proof.md §9).</summary>
public sealed class VaultKeys(IReadOnlyDictionary<int, byte[]> generations)
{
    /// <summary>The generation that wraps today.</summary>
    public int Newest { get; } = generations.Keys.Max();

    internal byte[] Wrap(SubjectKey key) => key.Wrap(generations[Newest]);

    /// <summary>Null where the generation's key was destroyed: what it wrapped is gone.</summary>
    internal SubjectKey? Unwrap(Guid subject, int generation, ReadOnlySpan<byte> wrapped) =>
        generations.TryGetValue(generation, out var kek) ? SubjectKey.Unwrap(subject, kek, wrapped) : null;

    /// <summary>Null where it does not open, for whatever reason: the generation is not at hand, its key is another
    /// one, or the row was changed.</summary>
    internal SubjectKey? TryUnwrap(Guid subject, int generation, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return Unwrap(subject, generation, wrapped);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the key of a generation is at hand.</summary>
    internal bool Has(int generation) => generations.ContainsKey(generation);
}
