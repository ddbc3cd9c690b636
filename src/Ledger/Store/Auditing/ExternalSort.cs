using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Store.Auditing;

/// <summary>Sorts more records than fit in memory: what is too much lies in a temporary file, in sorted runs that are
/// merged as they are read.</summary>
/// <typeparam name="T">It is written as it lies in memory.</typeparam>
/// <param name="held">Records in memory: so many are gathered, and the buffers of a merge hold as many again.</param>
/// <param name="place">What a record is sorted by.</param>
sealed class ExternalSort<T>(int held, Func<T, (ulong, ulong)> place) : IDisposable
    where T : unmanaged
{
    readonly List<T> gathered = [];
    SafeFileHandle? file;

    /// <summary>Runs in the file, each of as many records as are held.</summary>
    int runs;

    public void Add(in T record)
    {
        if (gathered.Count == held)
            Spill();
        gathered.Add(record);
    }

    void Spill()
    {
        Sort();
        file ??= TemporaryFile.Open();
        RandomAccess.Write(file, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(gathered)), Offset((long)held * runs));
        runs++;
        gathered.Clear();
    }

    void Sort() => gathered.Sort((one, other) => place(one).CompareTo(place(other)));

    /// <summary>All of them; it can be asked again, and more can be added afterwards.</summary>
    public IEnumerable<T> InOrder()
    {
        Sort();
        var next = new PriorityQueue<IEnumerator<T>, (ulong, ulong)>();
        foreach (var run in Enumerable.Range(0, runs).Select(Run).Append(gathered))
            Queue(run.GetEnumerator());
        while (next.TryDequeue(out var records, out _))
        {
            yield return records.Current;
            Queue(records);
        }

        void Queue(IEnumerator<T> records)
        {
            if (records.MoveNext())
                next.Enqueue(records, place(records.Current));
        }
    }

    IEnumerable<T> Run(int run)
    {
        var buffer = new T[Math.Max(1, held / runs)];
        for (var first = 0; first < held; first += buffer.Length)
        {
            var count = Math.Min(buffer.Length, held - first);
            Read(buffer.AsSpan(0, count), (long)held * run + first);
            for (var i = 0; i < count; i++)
                yield return buffer[i];
        }
    }

    void Read(Span<T> records, long first)
    {
        var bytes = MemoryMarshal.AsBytes(records);
        for (var (done, read) = (0, 0); done < bytes.Length; done += read)
            if ((read = RandomAccess.Read(file!, bytes[done..], Offset(first) + done)) == 0)
                throw new EndOfStreamException("The temporary file of a sort was cut off.");
    }

    static long Offset(long record) => record * Unsafe.SizeOf<T>();

    public void Dispose() => file?.Dispose();
}
