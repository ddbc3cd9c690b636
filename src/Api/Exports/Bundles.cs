using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store;
using Ledger.Store.Exporting;
using Ledger.Store.Mapping;
using Ledger.Store.Vault;

namespace Api;

/// <summary>A bundle that was made.</summary>
/// <param name="Size">Of the checkpoint that every proof of it is against.</param>
/// <param name="Covered">The n of its last event.</param>
/// <param name="Manifest">SHA-256 of its manifest.</param>
/// <param name="Opened">Names of the disclosures that it opens, each once.</param>
/// <param name="Unreadable">How many texts of its events do not open with the keys at hand.</param>
public sealed record MadeBundle(
    byte[] Bytes,
    long Events,
    ulong Size,
    long Covered,
    Hash Manifest,
    ImmutableArray<string> Opened,
    int Unreadable
);

/// <summary>Makes provenance bundles, with the page for people in them.</summary>
public sealed class Bundles(LedgerNode node)
{
    /// <summary>Waits until a published head map covers what is on record of an item, but for bundles themselves; or
    /// until whoever asks has waited long enough.</summary>
    public static async Task CoveredAsync(IEnumerable<StoredEvent> events, HeadMapWaiting maps, CancellationToken stop)
    {
        if (events.LastOrDefault(e => e.Event is not BundleIssued)?.LeafIndex is { } newest)
            await maps.WaitAsync((ulong)newest, stop);
    }

    /// <param name="policy">The platform's copy of the policy.</param>
    public async Task<(MadeBundle? Bundle, Refusal? Refusal)> MakeAsync(
        Guid item,
        BundleWish wish,
        byte[] policy,
        CancellationToken stop
    )
    {
        var (parts, refusal) = await new BundleExporter(node).GatherAsync(item, wish, policy, stop);
        if (parts is null)
            return (null, refusal);
        var identifiers =
            (await new ClearTexts(node.Database).OfItemsAsync([item], stop)).GetValueOrDefault(item) ?? [];
        // The page tells what a verifier says under our own policy: it is asked, before the page is in the bundle.
        var judged = BundleVerifier.Verify(BundleWriter.Write(parts), policy, new());
        var lines = judged
            .Events.Select((e, i) => Line($"{(parts.Delta?.First ?? 1) + (ulong)i}", parts.Events[i], e))
            .Concat(judged.Linked.Select((e, i) => Line("→", parts.Linked[i].Leaf, e)))
            .ToList();
        var facts = BundleFacts.Of(parts, judged).ToList();
        Hash hash = default;
        var bytes = BundleWriter.Write(
            parts with
            {
                Report = manifest => BundleReport.Write(parts, lines, facts, identifiers, hash = manifest),
            }
        );
        var size = Checkpoint.Read(SignedNote.Read(parts.Checkpoint)!.Text)!.Size;
        var covered = (long)(parts.Delta?.First ?? 1) - 1 + parts.Events.Length;
        var opened = parts
            .Events.Concat(parts.Linked.Select(l => l.Leaf))
            .SelectMany(e => e.SdJwt.Split('~', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Select(d => Disclosure.Read(d)?.Name)
            .OfType<string>();
        return (
            new(
                bytes,
                parts.Events.Length,
                size,
                covered,
                hash,
                [.. opened.Distinct().Order(StringComparer.Ordinal)],
                parts.Unreadable
            ),
            null
        );
    }

    /// <summary>The time of a leaf as it was given: who stated it tells whether only the day is known.</summary>
    static Moment When(DateTimeOffset at, ReadOnlyMemory<byte> said)
    {
        if (said.IsEmpty)
            return Moment.Of(at);
        using var document = JsonDocument.Parse(said);
        return
            document.RootElement.TryGetProperty("stated", out var stated)
            && stated.TryGetProperty("precision", out var precision)
            && WireWords.TryRead<Precision>(precision.GetString() ?? "", out var known)
            ? Moment.Of(
                at,
                known,
                stated.TryGetProperty("day", out var day) && Instants.TryParseDay(day.GetString(), out var given)
                    ? given
                    : null
            )
            : Moment.Of(at);
    }

    static ReportLine Line(string place, BundleLeaf leaf, EventVerdict verdict)
    {
        var jwt = System.Text.Encoding.ASCII.GetBytes(leaf.SdJwt.Split('~')[0]);
        var read = Leaf.TryRead(jwt, out var parsed, out _);
        var (zh, en) = BundleReport.Name(read ? parsed!.Claims.Evt : "");
        var at = read && parsed!.Claims.At is { } time ? When(time, parsed.Claims.Said).ToString() : "";
        return new(place, zh, en, at, verdict.Existed, verdict.SaidBy, verdict.Complete, verdict.Time);
    }
}
