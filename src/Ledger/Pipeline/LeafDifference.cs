using System.Text;
using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Pipeline;

/// <summary>A member in which a leaf and what its event gives are not the same (proof.md §6).</summary>
/// <param name="Member">Its path, e.g. <c>said.askFen</c>.</param>
/// <param name="InLeaf">As the leaf has it, JSON; <c>nothing</c> where it lacks it.</param>
/// <param name="InEvent">As the event gives it.</param>
public sealed record LeafDifference(string Member, string InLeaf, string InEvent)
{
    const string Nothing = "nothing";

    /// <summary>The first member that differs.</summary>
    /// <param name="leaf">As logged.</param>
    /// <param name="made">As the stored event gives it again.</param>
    /// <param name="at">When the event says it happened.</param>
    /// <returns>Null where the leaf says what the event says.</returns>
    public static LeafDifference? First(Leaf leaf, EventLeaf made, DateTimeOffset at) =>
        leaf.Claims.At != at
            ? new("at", leaf.Claims.At is { } told ? LeafInstant.Text(told) : Nothing, LeafInstant.Text(at))
        : !leaf.Claims.Ids.SequenceEqual(made.Ids)
            ? new("ids", string.Join(' ', leaf.Claims.Ids), string.Join(' ', made.Ids))
        : First("said", leaf.Claims.Said, made.Said) ?? First("judged", leaf.Claims.Judged, made.Judged);

    static LeafDifference? First(string name, ReadOnlyMemory<byte> told, ReadOnlyMemory<byte> made)
    {
        if (told.Span.SequenceEqual(made.Span))
            return null;
        if (told.IsEmpty || made.IsEmpty)
            return new(name, Text(told), Text(made));
        return First(name, JsonElement.Parse(told.Span), JsonElement.Parse(made.Span))
            // The same members in another order: a leaf is written in one.
            ?? new(name, Text(told), Text(made));
    }

    static LeafDifference? First(string path, JsonElement told, JsonElement made)
    {
        if (told.ValueKind != JsonValueKind.Object || made.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(told, made) ? null : new(path, told.GetRawText(), made.GetRawText());
        foreach (var member in told.EnumerateObject())
            if (!made.TryGetProperty(member.Name, out var other))
                return new($"{path}.{member.Name}", member.Value.GetRawText(), Nothing);
            else if (First($"{path}.{member.Name}", member.Value, other) is { } difference)
                return difference;
        foreach (var member in made.EnumerateObject())
            if (!told.TryGetProperty(member.Name, out _))
                return new($"{path}.{member.Name}", Nothing, member.Value.GetRawText());
        return null;
    }

    static string Text(ReadOnlyMemory<byte> json) => json.IsEmpty ? Nothing : Encoding.UTF8.GetString(json.Span);
}
