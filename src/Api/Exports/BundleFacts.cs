using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Api.Pages.Shared;
using Ledger;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Trading;

namespace Api;

/// <summary>A fact of the thing as an event of the bundle says it, in both languages.</summary>
/// <param name="N">Of the event.</param>
/// <param name="SaidBy">Who answers for it: a verdict word of the verifier.</param>
sealed record BundleFact(ulong N, string Zh, string En, string SaysZh, string SaysEn, string SaidBy);

/// <summary>What the leaves of a bundle say of the thing: make, first registration, readings, inspections, brands,
/// wipes, export. Read from the leaves alone, so that the page says nothing that the bundle does not hold.</summary>
static class BundleFacts
{
    /// <summary>Which events tell a fact, and which of their members a reader wants.</summary>
    static readonly FrozenDictionary<string, string[]> Told = new (Type Event, string[] Members)[]
    {
        (typeof(ItemRegistered), ["category", "make", "model", "productionDate", "firstRegistered"]),
        (typeof(OdometerObserved), ["valueKm", "observedOn", "verdict"]),
        (typeof(InspectionRecorded), ["kind", "passed", "validUntil"]),
        (typeof(ItemInspected), ["standard", "passed"]),
        (typeof(ItemGraded), ["standard", "grade", "accident"]),
        (typeof(BrandRecorded), ["brand"]),
        (typeof(BrandResolved), ["brand"]),
        (typeof(WipeAttested), ["mediumIx", "level"]),
        (typeof(WipeVerified), ["level"]),
        (typeof(WipeRevoked), []),
        (typeof(SaleRecorded), ["transferredAt", "odometerKm", "grade"]),
        (typeof(OwnershipTransferred), ["via", "registeredOn"]),
        (typeof(PreExportInspectionRecorded), ["standard", "passed", "inspectedOn"]),
        (typeof(AfterSaleConfirmationAttached), ["maker", "destination"]),
        (typeof(PendingExportAnnotated), ["annotatedOn", "tempPlateUntil", "insuranceUntil"]),
        (typeof(LinkedFactNoted), ["evt"]),
        (typeof(BatchDrafted), ["hsCode", "destination", "port"]),
        (typeof(ExportLicenceApplied), ["appliedOn", "count", "prohibitionsChecked"]),
        (typeof(ExportLicenceGranted), ["licenceNo", "validUntil"]),
        (typeof(CustomsDeclared), ["declaredOn", "count"]),
        (typeof(ItemExported), ["exportedOn", "port"]),
        (typeof(DestinationRegistered), ["country", "registeredOn", "odometerKm"]),
    }.ToFrozenDictionary(t => EventCatalog.OfType(t.Event)!.WireName, t => t.Members, StringComparer.Ordinal);

    /// <summary>In the order of the events; a note of an event of another stream is told as that event, where the
    /// bundle shows it.</summary>
    /// <param name="judged">A verdict for each leaf of the bundle.</param>
    public static IEnumerable<BundleFact> Of(BundleParts parts, BundleVerdict judged)
    {
        var linked = parts
            .Linked.Select((l, i) => (l.Jti, Leaf: Read(l.Leaf), judged.Linked[i].SaidBy))
            .ToDictionary(l => l.Jti.ToString("D"), l => (l.Leaf, l.SaidBy), StringComparer.Ordinal);
        for (var i = 0; i < parts.Events.Length; i++)
        {
            var (leaf, saidBy) = (Read(parts.Events[i]), judged.Events[i].SaidBy);
            if (leaf?.Said.TryGetProperty("ref", out var jti) is true && linked.TryGetValue($"{jti}", out var there))
                (leaf, saidBy) = there;
            if (leaf is not null && Fact(leaf, (parts.Delta?.First ?? 1) + (ulong)i, saidBy) is { } fact)
                yield return fact;
        }
    }

    static Leaf? Read(BundleLeaf shown) =>
        Leaf.TryRead(Encoding.ASCII.GetBytes(shown.SdJwt.Split('~')[0]), out var leaf, out _) ? leaf : null;

    static BundleFact? Fact(Leaf leaf, ulong n, string saidBy)
    {
        if (
            !Told.TryGetValue(leaf.Claims.Evt, out var members)
            || EventCatalog.OfWireName(leaf.Claims.Evt) is not { } line
        )
            return null;
        var said = Members(leaf.Claims.Said).Concat(Members(leaf.Claims.Judged)).ToLookup(m => m.Name, m => m.Value);
        string Says(bool chinese) =>
            string.Join(
                chinese ? "；" : "; ",
                members
                    .Where(said.Contains)
                    .Select(m =>
                        $"{FactWords.Of(m, chinese)}{(chinese ? "：" : ": ")}{Value(line, m, said[m].First(), chinese)}"
                    )
            );
        return new(n, line.Zh, line.En, Says(true), Says(false), saidBy);
    }

    static IEnumerable<(string Name, JsonElement Value)> Members(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return [];
        var read = JsonElement.Parse(json.Span);
        return read.ValueKind is JsonValueKind.Object ? read.EnumerateObject().Select(m => (m.Name, m.Value)) : [];
    }

    static string Value(EventLine line, string member, JsonElement value, bool chinese) =>
        value.ValueKind switch
        {
            JsonValueKind.True => chinese ? "是" : "yes",
            JsonValueKind.False => chinese ? "否" : "no",
            JsonValueKind.Number => value.TryGetInt64(out var n) && member.EndsWith("Km", StringComparison.Ordinal)
                ? n.ToString("#,##0", CultureInfo.InvariantCulture)
                : value.GetRawText(),
            JsonValueKind.String => Word(line, member, value.GetString()!, chinese),
            _ => value.GetRawText(),
        };

    static string Word(EventLine line, string member, string word, bool chinese)
    {
        if (member == "evt")
            return (EventCatalog.OfWireName(word) ?? EventCatalog.OfName(word)) is { } linked
                ? (chinese ? linked.Zh : linked.En)
                : word;
        if (member == "category" && Ledger.Goods.Categories.GoodsCategory.Find(word) is { } category)
            return chinese ? category.Zh : category.En;
        var type = EventMember.TypeOf(line.Type, member);
        return WireTexts.All.FirstOrDefault(t => t.Of == type)?.Say(word, chinese) ?? word;
    }
}
