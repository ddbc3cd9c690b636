using System.Security.Cryptography;

namespace Ledger.Proof;

/// <summary>Signs notes with Ed25519, type 01: the key of a log. It does not own its key.</summary>
public sealed class NoteSigner(string name, Ed25519Key key) : INoteSigner
{
    internal const byte Type = 0x01;
    const string SkeyPrefix = "PRIVATE+KEY+";

    public NoteKey Key { get; } = new(name, [Type], key.PublicKey);

    /// <summary><c>name+hex8(id)+b64(01 ‖ public key)</c>.</summary>
    public string Vkey => Key.Vkey;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> text) => key.Sign(text);

    /// <summary>The signature line of a text, with its LF.</summary>
    public string Line(string text) => SignedNote.Line(text, this);

    /// <summary>The whole signed note: text, blank line, signature line.</summary>
    /// <exception cref="ArgumentException">The text does not end with LF or holds another control character.</exception>
    public string Sign(string text) => SignedNote.Sign(text, this);

    /// <summary><c>PRIVATE+KEY+name+hex8(id)+b64(01 ‖ seed)</c>: what a key file holds.</summary>
    public static string Skey(string name, ReadOnlySpan<byte> seed)
    {
        using var key = new Ed25519Key(seed);
        var id = NoteKey.Hex(new NoteSigner(name, key).Key.Id);
        return $"{SkeyPrefix}{name}+{id}+{Convert.ToBase64String([Type, .. seed])}";
    }

    /// <summary>Name and private key of a key file. The caller disposes the key.</summary>
    /// <returns>Null where it is none, or its stated id is of another key.</returns>
    public static (string Name, Ed25519Key Key)? ReadSkey(string skey)
    {
        if (!skey.StartsWith(SkeyPrefix, StringComparison.Ordinal))
            return null;
        var parts = skey[SkeyPrefix.Length..].Split('+', 3);
        if (parts.Length != 3 || !NoteKey.IsName(parts[0]))
            return null;
        if (StrictBase64.Read(parts[2]) is not [Type, .. { Length: Ed25519Key.SeedSize } seed])
            return null;
        var key = new Ed25519Key(seed);
        CryptographicOperations.ZeroMemory(seed);
        if (NoteKey.Hex(new NoteSigner(parts[0], key).Key.Id) == parts[1])
            return (parts[0], key);
        key.Dispose();
        return null;
    }
}

/// <summary>Checks signatures of type 01.</summary>
public sealed class NoteVerifier : INoteVerifier
{
    /// <exception cref="ArgumentException">The key is not of type 01 with 32 bytes.</exception>
    public NoteVerifier(NoteKey key)
    {
        if (key.Type is not [NoteSigner.Type] || key.Public.Length != Ed25519.PublicKeySize)
            throw new ArgumentException($"{key} is no Ed25519 key of type 01.", nameof(key));
        Key = key;
    }

    public NoteKey Key { get; }

    /// <returns>Null where the vkey is not strict, its id is of another key, or it is not of type 01.</returns>
    public static NoteVerifier? Read(string vkey) =>
        NoteKey.Read(vkey) is { Type: [NoteSigner.Type], Public.Length: Ed25519.PublicKeySize } key ? new(key) : null;

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        Ed25519.Verify(Key.Public.AsSpan(), text, signature);

    /// <inheritdoc/>
    public ulong? TimeOf(ReadOnlySpan<byte> signature) => null;
}
