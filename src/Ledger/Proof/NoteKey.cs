using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Proof;

/// <summary>A public key with the name it signs notes under (C2SP signed-note, proof.md §5). The type bytes say what
/// the signature covers; they may be several (ff and a longer identifier).</summary>
public sealed class NoteKey
{
    /// <exception cref="ArgumentException">The name is not one.</exception>
    public NoteKey(string name, ReadOnlySpan<byte> type, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name))
            throw new ArgumentException(
                "The name of a key is not empty and holds no space and no plus sign.",
                nameof(name)
            );
        (Name, Type, Public) = (name, [.. type], [.. publicKey]);
        Id = BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, .. type, .. publicKey])
        );
    }

    public string Name { get; }

    /// <summary>01 Ed25519, 04 timestamped cosignature, and so on.</summary>
    public ImmutableArray<byte> Type { get; }

    /// <summary>The public key without its type.</summary>
    public ImmutableArray<byte> Public { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0A ‖ type ‖ key).</summary>
    public uint Id { get; }

    /// <summary><c>name+hex8(id)+b64(type ‖ key)</c>.</summary>
    public string Vkey => $"{Name}+{Hex(Id)}+{Convert.ToBase64String([.. Type, .. Public])}";

    public override string ToString() => Vkey;

    /// <summary>Not empty, no Unicode space, no plus sign; nothing that a note may not hold.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => c is '+' or < ' ' || char.IsWhiteSpace(c)) && StrictText.IsUnicode(name);

    /// <summary>Reads a vkey of a type whose identifier is one byte, and holds the stated id against the formula.</summary>
    /// <returns>Null where it is not one, or its id is of another key.</returns>
    public static NoteKey? Read(string vkey)
    {
        // b64 may hold plus signs, a name may not: the first two are the separators.
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || StrictBase64.Read(parts[2]) is not { Length: > 1 } bytes)
            return null;
        var key = new NoteKey(parts[0], bytes.AsSpan(0, 1), bytes.AsSpan(1));
        return parts[1] == Hex(key.Id) ? key : null;
    }

    internal static string Hex(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);
}
