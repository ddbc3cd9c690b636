using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ledger.Proof;

/// <summary>A witness's key, type 04 (C2SP tlog-cosignature, proof.md §5): signs that at a time a checkpoint was the
/// largest consistent one it had seen of its origin. The key is used under this one name only and never as type 01. It
/// does not own its key.</summary>
public sealed class Cosigner(string name, Ed25519Key key)
{
    public NoteKey Key { get; } = new(name, [Cosignature.Type], key.PublicKey);

    /// <summary><c>name+hex8(id)+b64(04 ‖ public key)</c>.</summary>
    public string Vkey => Key.Vkey;

    /// <summary>The signer of checkpoint bodies at a time in POSIX seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is 0 or after the year 9999.</exception>
    public INoteSigner At(ulong time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(time);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Cosignature.LatestTime);
        return new Moment(Key, key, time);
    }

    sealed class Moment(NoteKey name, Ed25519Key key, ulong time) : INoteSigner
    {
        public NoteKey Key => name;

        public byte[] Sign(ReadOnlySpan<byte> text)
        {
            var signature = new byte[Cosignature.Size];
            BinaryPrimitives.WriteUInt64BigEndian(signature, time);
            key.Sign(Cosignature.Message(time, text)).CopyTo(signature, Cosignature.TimeSize);
            return signature;
        }
    }
}

/// <summary>Checks signatures of type 04.</summary>
public sealed class CosignatureVerifier : INoteVerifier
{
    /// <exception cref="ArgumentException">The key is not of type 04 with 32 bytes.</exception>
    public CosignatureVerifier(NoteKey key) =>
        Key = Cosignature.IsKey(key) ? key : throw new ArgumentException($"{key} is no cosigner's key.", nameof(key));

    public NoteKey Key { get; }

    /// <returns>Null where the vkey is not strict, its id is of another key, or it is not of type 04.</returns>
    public static CosignatureVerifier? Read(string vkey) =>
        NoteKey.Read(vkey) is { } key && Cosignature.IsKey(key) ? new(key) : null;

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        TimeOf(signature) is > 0 and <= Cosignature.LatestTime and var time
        && Ed25519.Verify(Key.Public.AsSpan(), Cosignature.Message(time, text), signature[Cosignature.TimeSize..]);

    /// <inheritdoc/>
    public ulong? TimeOf(ReadOnlySpan<byte> signature) =>
        signature.Length == Cosignature.Size ? BinaryPrimitives.ReadUInt64BigEndian(signature) : null;
}

/// <summary>What is common to making and checking: with the key id before it, a payload has 76 bytes.</summary>
static class Cosignature
{
    public const byte Type = 0x04;
    public const int TimeSize = sizeof(ulong);

    /// <summary>9999-12-31T23:59:59Z. A line of a later time does not verify, nor does one of time 0: whoever reads a
    /// verified time can write it down.</summary>
    public const ulong LatestTime = 253_402_300_799;

    public const int Size = TimeSize + Ed25519.SignatureSize;

    public static bool IsKey(NoteKey key) => key.Type is [Type] && key.Public.Length == Ed25519.PublicKeySize;

    public static byte[] Message(ulong time, ReadOnlySpan<byte> text) =>
        [
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n")),
            .. text,
        ];
}
