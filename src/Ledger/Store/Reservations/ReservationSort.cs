using System.Buffers.Binary;
using System.Text;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Auditing;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Store.Reservations;

/// <summary>A reservation as the events give it beside the one that is stored.</summary>
/// <param name="Stored">Null: there is none.</param>
/// <param name="Made">Null: the events give none.</param>
/// <param name="Stream">Whose event spoke last of it; null: no event does.</param>
sealed record ReservationDifference(string Kind, Hash Key, string? Stored, string? Made, Guid? Stream);

/// <summary>
/// Plays the steps of all reservations, each row's in the order of the log, and holds what comes of them against the
/// stored rows. Steps and rows are sorted through files where they are many: in memory are the sort's own records.
/// </summary>
/// <param name="held">Records in memory.</param>
sealed class ReservationSort(int held) : IDisposable
{
    /// <summary>What is said of a row: a step, or that it is stored.</summary>
    /// <param name="Seq">Of the event; the last of all for what is stored.</param>
    readonly record struct Word(
        int Kind,
        Hash Key,
        long Seq,
        int Place,
        ReservationEffect Effect,
        SpilledText Value,
        Guid Stream
    );

    const int Stored = int.MaxValue;

    readonly ExternalSort<Word> words = new(held, Place);
    readonly SpilledTexts texts = new();
    readonly List<string> kinds = [];

    /// <summary>Steps of one key stand together: of 32 bytes of an HMAC fifteen bring them together, and
    /// those of one place are parted by the whole key.</summary>
    static (ulong, ulong) Place(Word word)
    {
        var hash = word.Key;
        ReadOnlySpan<byte> key = hash;
        return (
            (ulong)word.Kind << 56 | BinaryPrimitives.ReadUInt64BigEndian(key) >> 8,
            BinaryPrimitives.ReadUInt64BigEndian(key[7..])
        );
    }

    public void Add(ReservationStep step, long seq, int place, Guid stream) =>
        words.Add(
            new(KindOf(step.Kind), Hash.Read(step.Key), seq, place, step.Effect, texts.Add(step.Value, stream), stream)
        );

    /// <summary>A row as it is stored; of a kind that there is.</summary>
    public void AddStored(string kind, in Hash key, string value) =>
        words.Add(
            new(KindOf(kind), key, long.MaxValue, Stored, ReservationEffect.Set, texts.Add(value, default), default)
        );

    int KindOf(string kind)
    {
        var at = kinds.IndexOf(kind);
        if (at >= 0)
            return at;
        kinds.Add(kind);
        return kinds.Count - 1;
    }

    /// <summary>Rows that are not what the events give.</summary>
    public IEnumerable<ReservationDifference> Differences()
    {
        var group = new List<Word>();
        foreach (var word in words.InOrder())
        {
            if (group.Count > 0 && Place(group[0]) != Place(word))
            {
                foreach (var difference in Play(group))
                    yield return difference;
                group.Clear();
            }
            group.Add(word);
        }
        foreach (var difference in Play(group))
            yield return difference;
    }

    IEnumerable<ReservationDifference> Play(List<Word> group)
    {
        foreach (var row in group.GroupBy(w => w.Key))
        {
            string? made = null,
                stored = null;
            Guid? stream = null;
            foreach (var word in row.OrderBy(w => w.Seq).ThenBy(w => w.Place))
            {
                var value = texts.Read(word.Value);
                if (word.Place == Stored)
                    stored = value;
                else
                    (made, stream) = (ReservationStep.After(made, word.Effect, value), word.Stream);
            }
            if (made != stored)
                yield return new(kinds[group[0].Kind], row.Key, stored, made, stream);
        }
    }

    public void Dispose()
    {
        words.Dispose();
        texts.Dispose();
    }
}

/// <summary>Where a text is kept.</summary>
/// <param name="Length">Of its bytes; less than 0: it is the text of the id.</param>
readonly record struct SpilledText(Guid Id, long Offset, int Length);

/// <summary>Texts of any length for records of one: short ids lie in the record, the others in a file without a
/// name.</summary>
sealed class SpilledTexts : IDisposable
{
    readonly SafeFileHandle file = TemporaryFile.Open();
    readonly byte[] buffer = new byte[1 << 16];
    long written;
    int buffered;

    public SpilledText Add(string text, Guid likely)
    {
        if (text.Length == 0)
            return default;
        if (likely.ToString() == text || Guid.TryParseExact(text, "D", out likely) && likely.ToString() == text)
            return new(likely, 0, -1);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > buffer.Length - buffered)
            Flush();
        var at = new SpilledText(default, written + buffered, bytes.Length);
        if (bytes.Length > buffer.Length)
        {
            RandomAccess.Write(file, bytes, written);
            written += bytes.Length;
            return at;
        }
        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
        return at;
    }

    void Flush()
    {
        RandomAccess.Write(file, buffer.AsSpan(0, buffered), written);
        written += buffered;
        buffered = 0;
    }

    public string Read(SpilledText at)
    {
        if (at.Length < 0)
            return at.Id.ToString();
        if (buffered > 0)
            Flush();
        var bytes = new byte[at.Length];
        for (var (done, read) = (0, 0); done < bytes.Length; done += read)
            if ((read = RandomAccess.Read(file, bytes.AsSpan(done), at.Offset + done)) == 0)
                throw new EndOfStreamException("The temporary file of texts was cut off.");
        return Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => file.Dispose();
}
