using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>A log that the reader knows.</summary>
/// <param name="Key">Type 01; its name is the log's origin.</param>
public sealed record TrustedLog(NoteVerifier Key, string? Url)
{
    public string Origin => Key.Key.Name;
}

/// <summary>A witness that the reader knows.</summary>
/// <param name="Name">What the policy calls it; its key may have another name.</param>
public sealed record Witness(string Name, CosignatureVerifier Key, string? Url);

/// <summary>Whom a reader trusts (C2SP tlog-policy, proof.md §5). He has it from elsewhere than the server whose log he
/// checks.</summary>
/// <param name="Quorum">Null for <c>quorum none</c>: no witness is asked for, and no time is known.</param>
/// <param name="Sha256">Of the bytes of the file: what is printed on certificates.</param>
public sealed record TrustPolicy(
    ImmutableArray<TrustedLog> Logs,
    ImmutableArray<Witness> Witnesses,
    Quorum? Quorum,
    Hash Sha256
)
{
    /// <summary>How many dishonest witnesses leave <c>notAfter</c> true: fewer than any quorum has. −1 where no quorum
    /// is asked for.</summary>
    public int BearsForNotAfter => (Quorum?.Smallest ?? 0) - 1;

    /// <summary>How many dishonest witnesses leave <c>notBefore</c>, completeness and "one history" true: fewer than
    /// any two quorums share. −1 where two quorums may share none: then honest witnesses alone do not
    /// suffice.</summary>
    public int BearsForOneHistory => (Quorum?.SmallestOverlap ?? 0) - 1;

    /// <summary>Reads a policy file.</summary>
    /// <param name="error">What is wrong with which line; null where nothing is.</param>
    /// <returns>Null where something is wrong.</returns>
    public static TrustPolicy? Read(ReadOnlySpan<byte> file, out PolicyError? error)
    {
        error = null;
        try
        {
            return new PolicyReader().Read(file);
        }
        catch (PolicyReader.Wrong wrong)
        {
            error = wrong.Error;
            return null;
        }
    }

    /// <summary>Holds a checkpoint against the policy: its log, then its witnesses.</summary>
    public TrustCheck Check(string note)
    {
        if (SignedNote.Read(note) is not { } read || Checkpoint.Read(read.Text) is not { } checkpoint)
            return TrustCheck.Refused(Trust.BadCheckpoint);
        if (Logs.All(l => l.Origin != checkpoint.Origin))
            return TrustCheck.Refused(Trust.WrongOrigin);
        var opened = read.Open([.. Logs.Select(l => l.Key), .. Witnesses.Select(w => w.Key)]);
        var line = opened.Verified.FirstOrDefault(v => v.By is NoteVerifier && v.By.Key.Name == checkpoint.Origin);
        if (opened.Fault is not null || line is null)
            return TrustCheck.Refused(Trust.BadCheckpoint);
        var log = Logs.First(l => l.Key == line.By);
        var times = Witnesses
            .Join(opened.Verified, w => w.Key, v => v.By, (w, v) => new WitnessLine(w, v.Time!.Value))
            .ToImmutableArray();
        var timeOf = (Witness witness) => times.FirstOrDefault(t => t.Witness == witness)?.Time;
        var (notBefore, notAfter) = (Quorum?.NotBefore(timeOf), Quorum?.NotAfter(timeOf));
        var trust = Quorum is null || notAfter is not null ? Trust.Trusted : Trust.NoQuorum;
        return new(trust, checkpoint, log, times, notBefore, notAfter);
    }
}

/// <summary>A verified line of a witness of the policy.</summary>
/// <param name="Time">POSIX seconds, from 1 to the end of the year 9999.</param>
public sealed record WitnessLine(Witness Witness, ulong Time);

/// <summary>How a checkpoint stands to a policy; the words of the verdict <c>existed</c>.</summary>
public enum Trust
{
    /// <summary>Signed by a log of the policy, and its quorum holds or none is asked for.</summary>
    Trusted,

    /// <summary>Signed by a log of the policy, but by too few of its witnesses.</summary>
    NoQuorum,

    /// <summary>No checkpoint, or not signed by the log whose origin it states, or with a wrong signature of a known
    /// key.</summary>
    BadCheckpoint,

    /// <summary>Of a log that the policy does not know.</summary>
    WrongOrigin,
}

/// <summary>What came of holding a checkpoint against a policy.</summary>
/// <param name="Checkpoint">Null unless the log's signature is right; so is <paramref name="Log"/>.</param>
/// <param name="Witnesses">The first verified line of each witness of the policy, in the policy's order.</param>
/// <param name="NotBefore">POSIX seconds (proof.md §7); null without quorum.</param>
/// <param name="NotAfter">POSIX seconds (proof.md §7); null without quorum.</param>
public sealed record TrustCheck(
    Trust Trust,
    Checkpoint? Checkpoint,
    TrustedLog? Log,
    ImmutableArray<WitnessLine> Witnesses,
    ulong? NotBefore,
    ulong? NotAfter
)
{
    internal static TrustCheck Refused(Trust trust) => new(trust, null, null, [], null, null);
}
