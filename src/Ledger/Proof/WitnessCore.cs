using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ledger.Proof;

/// <summary>What a witness remembers of an origin: the largest tree it cosigned.</summary>
/// <param name="Note">The checkpoint with the log's signature and the witness's own, as it is served to
/// monitors.</param>
public sealed record CosignedHead(ulong Size, Hash Root, string Note);

/// <summary>What a witness answers.</summary>
/// <param name="Store">Not null with status 200 only.</param>
public sealed record WitnessAnswer(int Status, string MediaType, string Body, WitnessStep? Store)
{
    internal static WitnessAnswer Refused(int status, string why) => new(status, "text/plain", why + "\n", null);
}

/// <summary>What must be stored durably <em>before</em> the answer leaves, and only if <paramref name="From"/> is still
/// what is stored: else a slower and smaller request would roll the witness back.</summary>
/// <param name="From">The head that the answer was made from; null for none.</param>
public sealed record WitnessStep(string Origin, CosignedHead? From, CosignedHead To);

/// <summary>The decisions of a witness (C2SP tlog-witness, proof.md §5), without store, clock or transport.</summary>
public sealed class WitnessCore
{
    readonly ImmutableArray<NoteVerifier> logs;
    readonly Cosigner cosigner;

    /// <param name="logs">The logs it witnesses; several keys of one origin may be trusted at once.</param>
    /// <exception cref="ArgumentException">Two logs have one name and key id: no line could be told to be of
    /// either.</exception>
    public WitnessCore(IEnumerable<NoteVerifier> logs, Cosigner cosigner)
    {
        this.logs = [.. logs];
        this.cosigner = cosigner;
        if (this.logs.DistinctBy(l => (l.Key.Name, l.Key.Id)).Count() < this.logs.Length)
            throw new ArgumentException("A log is named twice.", nameof(logs));
    }

    /// <summary>Where the newest cosigned checkpoint of an origin is served, without a slash in front:
    /// <c>hex(SHA-256(origin))/checkpoint</c>.</summary>
    public static string MonitorPath(string origin) => Hash.Of(Encoding.UTF8.GetBytes(origin)).ToHex() + "/checkpoint";

    /// <summary>Answers <c>POST /add-checkpoint</c>. The order of the checks is that of proof.md §5.</summary>
    /// <param name="body">Of the request.</param>
    /// <param name="lastOf">The head stored for an origin; null for none.</param>
    /// <param name="now">POSIX seconds, not 0.</param>
    public WitnessAnswer Answer(ReadOnlySpan<byte> body, Func<string, CosignedHead?> lastOf, ulong now)
    {
        if (AddCheckpoint.Read(body) is not var (request, note, checkpoint))
            return WitnessAnswer.Refused(400, "malformed request");
        var keys = logs.Where(l => l.Key.Name == checkpoint.Origin).ToArray<INoteVerifier>();
        if (keys is [])
            return WitnessAnswer.Refused(404, "unknown log");
        var opened = note.Open(keys);
        if (opened.Fault is not null)
            return WitnessAnswer.Refused(403, "invalid signature");
        var last = lastOf(checkpoint.Origin);
        var size = last?.Size ?? 0;
        if (request.Old != size)
            return new(409, WitnessReply.SizeType, string.Create(CultureInfo.InvariantCulture, $"{size}\n"), null);
        if (!Continues(last, checkpoint, request.Hashes.AsSpan()))
            return WitnessAnswer.Refused(422, "invalid consistency proof");
        var line = SignedNote.Line(note.Text, cosigner.At(now));
        var kept = $"{note.Text}\n{string.Concat(opened.Verified.Select(v => v.Line.Text))}{line}";
        var step = new WitnessStep(checkpoint.Origin, last, new(checkpoint.Size, checkpoint.Root, kept));
        return new(200, "text/plain", line, step);
    }

    static bool Continues(CosignedHead? last, Checkpoint next, ReadOnlySpan<Hash> proof)
    {
        if (next.Size == 0 && next.Root != Merkle.EmptyRoot)
            return false;
        // Everything continues the empty tree, so there is nothing to prove and no proof to send.
        return last is null or { Size: 0 }
            ? proof.IsEmpty
            : Merkle.VerifyConsistency(last.Size, next.Size, last.Root, next.Root, proof);
    }
}
