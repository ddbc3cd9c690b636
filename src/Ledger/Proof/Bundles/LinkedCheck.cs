using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>The events of other streams that a bundle shows (proof.md §10): each is the one that an event of the chain
/// notes, and is in the log. What else its stream holds is not claimed.</summary>
sealed class LinkedCheck(OpenBundle bundle, OpenBundle? before, BundleFindings findings)
{
    public void Run()
    {
        foreach (var shown in bundle.Linked.Values)
            findings.Try(VerdictWords.Linked, shown.Name, () => Check(shown));
    }

    Leaf Check(ShownLeaf shown)
    {
        MalformedBundleException.Unless(shown.Faults.IsEmpty, string.Join("; ", shown.Faults.Select(f => f.Detail)));
        var leaf = shown.Leaf!;
        MalformedBundleException.Unless(
            shown.Name == BundleName.LinkedTo(leaf.Claims.Jti),
            "the leaf is of another event"
        );
        MalformedBundleException.Unless(
            Noted().Any(said => Names(said, leaf.Claims)),
            "no event of the chain notes it under this stream and name"
        );
        return leaf;
    }

    /// <summary>What the notes of the chain say, those of a delta's base too.</summary>
    IEnumerable<JsonElement> Noted() =>
        bundle
            .Events.Values.Concat(before?.Events.Values.AsEnumerable() ?? [])
            .Where(shown => shown.Leaf?.Claims.Evt == KnownEvents.LinkedFactNoted)
            .Select(shown => shown.Leaf!.Said);

    static bool Names(JsonElement said, LeafClaims linked) =>
        said.Text("ref") == linked.Jti.ToString("D")
        && said.Hash("stream") == linked.Item
        && said.Text("evt") is { } evt
        && linked.Evt.LastIndexOf('.') is > 0 and var end
        && linked.Evt.AsSpan(0, end).SequenceEqual(evt);
}
