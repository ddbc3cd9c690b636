using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>The log as this node signs for it: its name, its key, and Kl, with which every head is marked (proof.md
/// §4).</summary>
/// <param name="HeadKey">Kl, kept beside the log key.</param>
public sealed record LogIdentity(NoteSigner Signer, byte[] HeadKey)
{
    /// <summary>URL prefix without scheme and final slash; also the name of the log's key.</summary>
    public string Origin => Signer.Key.Name;

    /// <summary>HMAC-SHA-256(Kl, origin 00 size 00 root 00 seq), size and seq in decimal: a head that plain SQL
    /// appended
    /// does not carry it.</summary>
    public byte[] Mac(ulong size, in Hash root, long seq)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, HeadKey);
        mac.AppendData(Encoding.UTF8.GetBytes(Origin));
        mac.AppendData([0]);
        mac.AppendData(Encoding.ASCII.GetBytes(size.ToString(CultureInfo.InvariantCulture)));
        mac.AppendData([0]);
        mac.AppendData(root);
        mac.AppendData([0]);
        mac.AppendData(Encoding.ASCII.GetBytes(seq.ToString(CultureInfo.InvariantCulture)));
        return mac.GetHashAndReset();
    }

    public bool Fits(Head head) =>
        CryptographicOperations.FixedTimeEquals(Mac(head.Size, head.Root, head.Seq), head.Mac);

    /// <summary>The signed checkpoint of a tree; the same bytes every time.</summary>
    public string Sign(ulong size, in Hash root) => Signer.Sign(new Checkpoint(Origin, size, root).Body);
}

/// <summary>Whether the log may be written and signed. Once it is broken only a person mends it (proof.md §4, "way
/// back").</summary>
public sealed class LogState
{
    volatile Broken? broken;
    volatile string? unknown;

    /// <summary>Null while all is well. Only what was proven stands here: a comparison that did not fit.</summary>
    public Broken? Broken => broken;

    /// <summary>Why the house witness could not be brought to the newest head, as long as that is so; null while it
    /// can. It says
    /// nothing about the log, is asked again, and ends by itself.</summary>
    public string? Unknown => unknown;

    public bool IsGood => broken is null;

    /// <summary>The first finding stands.</summary>
    public void Break(LogFault fault, string detail) =>
        Interlocked.CompareExchange(ref broken, new(fault, detail), null);

    /// <param name="why">Null: it could be asked.</param>
    internal void Doubt(string? why) => unknown = why;
}

/// <summary>Why the log is not written or signed any more.</summary>
/// <param name="Detail">What was compared, for the person who mends it.</param>
public sealed record Broken(LogFault Fault, string Detail);

/// <summary>What is wrong with a log.</summary>
public enum LogFault
{
    /// <summary>The house witness has seen a larger tree than the database holds.</summary>
    RolledBack,

    /// <summary>A head without its mark, or a tree that does not continue what was signed.</summary>
    Forked,
}
