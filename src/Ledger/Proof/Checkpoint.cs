using System.Globalization;

namespace Ledger.Proof;

/// <summary>Size and root of a log, as they are signed (C2SP tlog-checkpoint, proof.md §5).</summary>
/// <param name="Origin">URL prefix of the log without scheme and final slash; one line, not empty.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">MTH of these leaves.</param>
public sealed record Checkpoint(string Origin, ulong Size, Hash Root)
{
    /// <summary>The text that is signed: three lines, no extension lines.</summary>
    public string Body => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads exactly what <see cref="Body"/> writes; extension lines are refused.</summary>
    /// <returns>Null where the text is anything else.</returns>
    public static Checkpoint? Read(string body) =>
        body.Split('\n') is [{ Length: > 0 } origin, var size, { Length: 44 } root, ""]
        && StrictNumber.Read(size) is { } leaves
        && StrictBase64.ReadHash(root) is { } hash
            ? new(origin, leaves, hash)
            : null;
}
