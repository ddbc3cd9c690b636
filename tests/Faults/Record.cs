using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faults;

/// <summary>What a client was told: this is recorded, with this proof.</summary>
/// <param name="Mark">Stands in one of its events and in nobody else's.</param>
sealed record Acknowledged(string Mark, IReadOnlyList<Guid> EventIds, JsonNode Receipt)
{
    public static Acknowledged Of(string mark, JsonNode answer) =>
        new(mark, [.. answer["eventIds"]!.AsArray().Select(e => (Guid)e!)], answer["receipt"]!);
}

/// <summary>What is stored, as the check reads it.</summary>
/// <param name="Marks">Of every event that bears one.</param>
sealed record Stored(
    IReadOnlySet<Guid> EventIds,
    IReadOnlyList<string> Marks,
    long Leaves,
    long HighestIndex,
    long Events,
    long HolesInStreams
);

/// <param name="Lost">Acknowledged, and not all of it is there.</param>
/// <param name="Twice">Commands that were recorded more than once, acknowledged or not.</param>
/// <param name="Holes">In the versions of streams and in the indices of leaves.</param>
/// <param name="BadReceipts">Receipts that do not verify offline.</param>
sealed record Finding(int Acknowledged, int Lost, int Twice, long Holes, int BadReceipts, bool AuditIsClean)
{
    public bool IsClean => Lost == 0 && Twice == 0 && Holes == 0 && BadReceipts == 0 && AuditIsClean;

    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>Holds the record of what clients were told against what is stored (operations.md §2). Pure, so that it can
/// be shown to fail.</summary>
static class Check
{
    public static Finding Of(
        IReadOnlyCollection<Acknowledged> acknowledged,
        Stored stored,
        Func<Acknowledged, bool> verifies,
        bool auditIsClean
    ) =>
        new(
            acknowledged.Count,
            acknowledged.Count(a => !a.EventIds.All(stored.EventIds.Contains)),
            stored.Marks.GroupBy(m => m).Count(g => g.Count() > 1),
            stored.HolesInStreams
                + Math.Abs(stored.HighestIndex + 1 - stored.Leaves)
                + Math.Abs(stored.Events - stored.Leaves),
            acknowledged.Count(a => !verifies(a)),
            auditIsClean
        );

    /// <summary>The check itself, checked: of each kind one fault is planted, and it must be found.</summary>
    /// <returns>What it did not see; empty where it sees all.</returns>
    public static IReadOnlyList<string> Blind(
        IReadOnlyCollection<Acknowledged> acknowledged,
        Stored stored,
        Func<Acknowledged, bool> verifies
    )
    {
        var one = acknowledged.First();
        Finding With(Stored changed, params Acknowledged[] more) =>
            Of([.. acknowledged, .. more], changed, verifies, true);
        var proof = one.Receipt.DeepClone();
        proof["entries"]![0]!["leafIndex"] = (long)proof["entries"]![0]!["leafIndex"]! + 1;
        (string What, bool Seen)[] planted =
        [
            (
                "an acknowledged event that is gone",
                With(stored with { EventIds = stored.EventIds.Except(one.EventIds).ToHashSet() }).Lost > 0
            ),
            ("a command that is there twice", With(stored with { Marks = [.. stored.Marks, one.Mark] }).Twice > 0),
            ("a leaf that is missing", With(stored with { Leaves = stored.Leaves - 1 }).Holes > 0),
            ("a receipt for another place", With(stored, one with { Receipt = proof }).BadReceipts > 0),
        ];
        return [.. planted.Where(p => !p.Seen).Select(p => p.What)];
    }
}
