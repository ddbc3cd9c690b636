using System.Text;
using Ledger.Proof;

namespace Ledger.Store.Publishing;

/// <summary>The published log as files, laid out as their addresses are: <c>checkpoint</c> and full tiles under
/// <c>tile/</c>. A tile is written once, whole, under another name first; it takes read load off the database and is a
/// second copy for the audit (proof.md §4).</summary>
public sealed class LogFiles(string folder)
{
    const string CheckpointName = "checkpoint";

    /// <summary>The checkpoint that was written last.</summary>
    /// <returns>Null where there is none, or the file is none.</returns>
    public (Checkpoint Checkpoint, string Note)? Checkpoint()
    {
        try
        {
            var note = File.ReadAllText(Place(CheckpointName), Encoding.UTF8);
            return SignedNote.Read(note) is { } signed && Proof.Checkpoint.Read(signed.Text) is { } checkpoint
                ? (checkpoint, note)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void WriteCheckpoint(string note) => Write(Place(CheckpointName), Encoding.UTF8.GetBytes(note));

    public bool Has(TilePath tile) => File.Exists(Place(tile.Text));

    public void Write(TilePath tile, byte[] bytes) => Write(Place(tile.Text), bytes);

    /// <returns>Null where the file is not there.</returns>
    public async Task<byte[]?> ReadAsync(TilePath tile, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllBytesAsync(Place(tile.Text), stop);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    string Place(string path) => Path.Combine(folder, path);

    static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(half, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: true);
    }
}
