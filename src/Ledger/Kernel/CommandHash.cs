using System.Buffers.Binary;

namespace Ledger.Kernel;

/// <summary>What a command said, in 16 bytes of a keyed hash (<see cref="Handles.CommandHash"/>): another value under
/// the same key is a reuse of that key.</summary>
public readonly record struct CommandHash(UInt128 Value)
{
    public const int Size = 16;

    /// <exception cref="ArgumentException">There are fewer than 16 bytes.</exception>
    public static CommandHash Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>32 digits of lower-case hex.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
