using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Store.Witness;

/// <summary>
/// A short text that is replaced as a whole and durably, with one write and one flush: two slots are written in turn,
/// each with its number and a checksum, so that a torn write leaves the text before. Shared by processes: whoever
/// changes it holds the file's lock from reading to writing.
/// </summary>
public sealed class TwoSlotFile : IDisposable
{
    /// <summary>A slot holds: SHA-256 (32), number (8), length (4), text.</summary>
    const int Slot = 16 * 1024,
        Front = 44;

    /// <summary>One a path: the kernel's lock keeps other processes out, but two handles of one process share it, and
    /// whichever closes first would give it away.</summary>
    static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    readonly FileStream file;
    readonly SemaphoreSlim gate;

    public TwoSlotFile(string path)
    {
        path = Path.GetFullPath(path);
        gate = Gates.GetOrAdd(path, _ => new(1));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }

    /// <summary>The text that stands; null before the first.</summary>
    public async Task<string?> ReadAsync(CancellationToken stop) => await ChangeAsync(_ => null, stop);

    /// <summary>Reads, lets <paramref name="change"/> decide, and writes what it gives back; null leaves the text as it
    /// is. It is on disk when this returns.</summary>
    /// <returns>The text that stands now.</returns>
    public async Task<string?> ChangeAsync(Func<string?, string?> change, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            await LockAsync(stop);
            try
            {
                var (number, before) = Newest();
                if (change(before) is not { } after)
                    return before;
                Write(number + 1, after);
                return after;
            }
            finally
            {
                file.Unlock(0, 0);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Another process holds it for as long as a write takes.</summary>
    async Task LockAsync(CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
            try
            {
                file.Lock(0, 0);
                return;
            }
            catch (IOException) when (tries < 5_000)
            {
                await Task.Delay(1, stop);
            }
    }

    (long Number, string? Text) Newest()
    {
        var newest = (Number: 0L, Text: (string?)null);
        var slot = new byte[Slot];
        for (var i = 0; i < 2; i++)
        {
            var n = RandomAccess.Read(file.SafeFileHandle, slot, i * Slot);
            if (n < Front)
                continue;
            var number = BinaryPrimitives.ReadInt64BigEndian(slot.AsSpan(32));
            var length = BinaryPrimitives.ReadInt32BigEndian(slot.AsSpan(40));
            if (length < 0 || Front + length > n || number <= newest.Number)
                continue;
            if (SHA256.HashData(slot.AsSpan(32, Front - 32 + length)).AsSpan().SequenceEqual(slot.AsSpan(0, 32)))
                newest = (number, Encoding.UTF8.GetString(slot, Front, length));
        }
        return newest;
    }

    void Write(long number, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (Front + bytes.Length > Slot)
            throw new ArgumentException($"A slot holds {Slot - Front} bytes.", nameof(text));
        var slot = new byte[Front + bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(slot.AsSpan(32), number);
        BinaryPrimitives.WriteInt32BigEndian(slot.AsSpan(40), bytes.Length);
        bytes.CopyTo(slot, Front);
        SHA256.HashData(slot.AsSpan(32)).CopyTo(slot, 0);
        RandomAccess.Write(file.SafeFileHandle, slot, number % 2 * Slot);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    public void Dispose()
    {
        gate.Wait();
        file.Dispose();
        gate.Release();
    }
}
