using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.DataWipe;

/// <summary>Reservations of media and of reports of wipes.</summary>
public static class WipeReservations
{
    /// <summary>One medium stands in one thing.</summary>
    /// <param name="handle">Of its serial number.</param>
    public static ReservationKey Medium(string handle) => new("medium", handle);

    /// <summary>A tool's report speaks of the run that made it.</summary>
    /// <param name="hashes">Of the reports.</param>
    public static ImmutableArray<ReservationKey> Reports(ImmutableArray<string> hashes) =>
        [.. hashes.Distinct().Select(hash => new ReservationKey("wipe-report", hash))];

    /// <summary>One run of a tool may report on many devices: its report is of its day.</summary>
    public static string Run(WipeTool tool, DateTimeOffset finishedAt) =>
        $"{tool.Name}/{Instants.Text(ShanghaiDay.Of(finishedAt))}";

    /// <summary>What a command rests on.</summary>
    internal static IEnumerable<ReservationKey> Of(WipeCommand c, ItemHistory history, DateOnly lawDay) =>
        c switch
        {
            DeclareMedia media => media
                .Media.Select(m => m.Serial)
                .OfType<NamedIdentifier>()
                .Select(s => Medium(s.Handle)),
            AttestWipe attest => [.. IncidentDecider.Holding(attest.Tool), .. Reports(attest.Docs)],
            RemoveMedium removed => MediumOf(history, removed.MediumIx),
            DestroyMedium destroyed => MediumOf(history, destroyed.MediumIx),
            _ => [],
        };

    static IEnumerable<ReservationKey> MediumOf(ItemHistory history, int ix) => HandleOf(history, ix).Select(Medium);

    /// <summary>What a list of media reserved, given back.</summary>
    internal static IEnumerable<Freed> Freed(ItemHistory history, StoredEvent wrong) =>
        Serials((ItemMediaDeclared)wrong.Event).Select(h => Freed(h, history.Id));

    /// <summary>What a medium of a thing reserved, given back.</summary>
    internal static Freed Freed(string handle, Guid item) => new(Medium(handle), ReservationEffect.Free, $"{item}");

    /// <summary>What acts on media did to reservations; a fact of another register took none.</summary>
    internal static IEnumerable<ReservationStep?> Steps(StepSource source, StoredEvent e, ItemHistory before)
    {
        if (e.Envelope.IsObserved)
            return [];
        return e.Event switch
        {
            ItemMediaDeclared media => Media(source, Serials(media), ReservationEffect.Set, e),
            MediumRemoved removed => Media(source, HandleOf(before, removed.MediumIx), ReservationEffect.Free, e),
            MediumDestroyed { Level: WipeLevel.Destruct } destroyed => Media(
                source,
                HandleOf(before, destroyed.MediumIx),
                ReservationEffect.Free,
                e
            ),
            WipeAttested { Tool: { } tool, FinishedAt: { } end, Docs: { IsDefaultOrEmpty: false } docs } => Reports(
                    docs
                )
                .Select(key => (ReservationStep?)source.Step(key, ReservationEffect.Take, Run(tool, end))),
            _ => [],
        };
    }

    static IEnumerable<string> HandleOf(ItemHistory before, int? ix) =>
        before.State?.Data.MediumOf(ix)?.Handle is { } one ? [one] : [];

    static IEnumerable<ReservationStep?> Media(
        StepSource source,
        IEnumerable<string> serials,
        ReservationEffect effect,
        StoredEvent e
    ) => serials.Select(handle => (ReservationStep?)source.Step(Medium(handle), effect, $"{e.StreamId}"));

    internal static HashSet<string> Serials(ItemMediaDeclared declared) =>
        [.. (declared.Media ?? []).Select(m => m.Handle).OfType<string>()];
}
