using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

/// <summary>What a second bundle adds to a first.</summary>
static class Deltas
{
    public static BundleParts After(byte[] first, SmallLog log)
    {
        var manifest = BundleManifest.Read(Repacked.Files(first)[0].Content.Span)!;
        var (parts, had) = (log.Parts(), (int)manifest.Events);
        var notes = parts.Notes.Any(n => n.Size == manifest.Size)
            ? parts.Notes
            : parts.Notes.Add(log.Note(manifest.Size, null));
        return parts with { Events = parts.Events[had..], Notes = notes, Delta = new(manifest.Size, (ulong)had + 1) };
    }
}
