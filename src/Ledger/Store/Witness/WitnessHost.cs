using Ledger.Proof;

namespace Ledger.Store.Witness;

/// <summary>A witness with its store: one file an origin. The head is compared, stored durably and only then answered,
/// under the file's lock: a slower and smaller request cannot roll it back (proof.md §5).</summary>
public sealed class WitnessHost(
    IReadOnlyCollection<NoteVerifier> logs,
    Cosigner cosigner,
    string folder,
    TimeProvider clock
) : IDisposable
{
    readonly WitnessCore core = new(logs, cosigner);
    readonly Dictionary<string, TwoSlotFile> files = logs.Select(l => l.Key.Name)
        .Distinct()
        .ToDictionary(origin => origin, origin => new TwoSlotFile(PathOf(folder, origin)));

    public string Vkey => cosigner.Vkey;

    /// <summary>Origins it knows.</summary>
    public IReadOnlyCollection<string> Origins => files.Keys;

    /// <summary>Answers <c>POST /add-checkpoint</c>.</summary>
    public async Task<WitnessAnswer> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var now = (ulong)clock.GetUtcNow().ToUnixTimeSeconds();
        var origin = AddCheckpoint.Read(body.Span)?.Checkpoint.Origin;
        if (origin is null || !files.TryGetValue(origin, out var file))
            return core.Answer(body.Span, _ => null, now);
        WitnessAnswer? answer = null;
        await file.ChangeAsync(
            kept =>
            {
                answer = core.Answer(body.Span, _ => HeadOf(kept), now);
                return answer.Store?.To.Note;
            },
            stop
        );
        return answer!;
    }

    /// <summary>The newest cosigned head of an origin; null before the first, or where the origin is unknown.</summary>
    public async Task<CosignedHead?> NewestAsync(string origin, CancellationToken stop) =>
        files.TryGetValue(origin, out var file) ? HeadOf(await file.ReadAsync(stop)) : null;

    /// <summary>Where a witness keeps what it has seen of a log.</summary>
    public static string PathOf(string folder, string origin) => Path.Combine(folder, FileName(origin));

    /// <summary>Whether a folder holds what a witness has seen of any log.</summary>
    public static bool HasSeen(string folder) =>
        Directory.Exists(folder)
        && Directory
            .EnumerateFiles(folder)
            .Any(p => Path.GetFileName(p) is { Length: HashLength } name && name.All(char.IsAsciiHexDigitLower));

    const int HashLength = 64;

    static string FileName(string origin) => WitnessCore.MonitorPath(origin).Split('/')[0];

    static CosignedHead? HeadOf(string? note) =>
        note is not null && SignedNote.Read(note) is { } signed && Checkpoint.Read(signed.Text) is { } checkpoint
            ? new(checkpoint.Size, checkpoint.Root, note)
            : null;

    public void Dispose()
    {
        foreach (var file in files.Values)
            file.Dispose();
    }
}
