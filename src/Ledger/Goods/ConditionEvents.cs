using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>An appraiser stated what the item is worth, by a method and for a term; the item's state stays.</summary>
/// <param name="Appraiser">Who says so; no party to a deal that is under way.</param>
/// <param name="ValidUntil">Last day on which it may be relied on.</param>
/// <param name="AmountFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">Code of ISO 4217, three letters.</param>
/// <param name="Method">Name of the method, e.g. 现行市价法.</param>
public sealed record ItemAppraised(
    long? AmountFen,
    string? Currency = null,
    string? Method = null,
    DateOnly? ValidUntil = null,
    PartyRef? Appraiser = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Appraiser = PartyRef.Map(Appraiser, map),
        };
}

/// <summary>A ledger tag was put on it; the tag itself is an identifier, added beside.</summary>
/// <param name="Photo">Hash of a photo that shows it in place.</param>
public sealed record ItemTagged(TagMedium? Medium, string? Photo = null) : LedgerEvent;

/// <summary>What a brand said is put right; the brand stays visible.</summary>
public sealed record BrandResolved(Brand? Brand, string? How = null, string? Evidence = null) : LedgerEvent;

/// <summary>A periodic inspection (年检).</summary>
public sealed record InspectionRecorded(
    string? Kind,
    bool? Passed = null,
    DateOnly? ValidUntil = null,
    int? Cycle = null
) : LedgerEvent;

/// <summary>Serial numbers of both parts are kept in the vault.</summary>
/// <param name="Source">Where a reused part comes from.</param>
/// <param name="MediumChanged">A medium that can hold data came or went: the media are declared anew.</param>
public sealed record PartReplaced(
    string? Part,
    PartOrigin? Origin = null,
    string? Source = null,
    bool? MediumChanged = null
) : LedgerEvent;

/// <summary>A refurbisher restored the item and replaced these parts (翻新); the item's state stays.</summary>
/// <param name="SafetyTest">Hash of the test's report.</param>
/// <param name="Level">How far, in the refurbisher's word, e.g. <c>full</c>.</param>
public sealed record ItemRefurbished(
    string? Level,
    ImmutableArray<string>? Parts = null,
    int? WarrantyMonths = null,
    string? SafetyTest = null
) : LedgerEvent;

/// <summary>A refurbisher or producer graded a refurbished item; the item's state stays.</summary>
/// <param name="Labels">What the label says; 再制造 is another thing.</param>
/// <param name="Grade">In the grader's word, e.g. <c>A</c>.</param>
public sealed record RefurbGradeIssued(string? Grade, ImmutableArray<string>? Labels = null) : LedgerEvent;

/// <summary>A dealer's or repairer's warranty on the item began; its length is held against what the law asks (rules.md
/// §7, §8).</summary>
/// <param name="Km">Kilometres for which it holds.</param>
/// <param name="Parts">Parts that it covers.</param>
public sealed record WarrantyStarted(int? Months, long? Km = null, ImmutableArray<string>? Parts = null) : LedgerEvent;

/// <summary>A vehicle has reached its compulsory limit; the day itself says so, nobody acts.</summary>
/// <param name="LimitDate">First Shanghai day past the limit (rules.md §4.1).</param>
/// <param name="RuleId">The rule whose limit it is.</param>
public sealed record ScrapLimitReached(string? ScrapCategory, DateOnly? LimitDate = null, string? RuleId = null)
    : LedgerEvent;

/// <summary>What a ledger tag is read from: a QR code or an NFC chip.</summary>
public enum TagMedium
{
    Qr,
    Nfc,
}

/// <summary>Where a part that was put in comes from (原厂, 第三方, 回用件, 再制造).</summary>
public enum PartOrigin
{
    /// <summary>Of the maker of the item.</summary>
    Oem,
    ThirdParty,

    /// <summary>Taken from another item.</summary>
    Reused,
    Remanufactured,
}

/// <summary>Catalogue lines of what is stated of an item's condition; <see cref="EventCatalog"/> gathers
/// them.</summary>
public static class ConditionEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<ItemAppraised>("item-appraised", "价格评估", "Appraised"),
        ItemEvents.Of<ScrapLimitReached>("scrap-limit-reached", "达到报废年限", "Scrap limit reached"),
        ItemEvents.Of<ItemTagged>("item-tagged", "贴签", "Tagged"),
        ItemEvents.Of<BrandResolved>("brand-resolved", "瑕疵澄清", "Brand resolved"),
        ItemEvents.Of<InspectionRecorded>("inspection-recorded", "定期检验", "Periodic inspection"),
        ItemEvents.Of<PartReplaced>("part-replaced", "更换部件", "Part replaced"),
        ItemEvents.Of<ItemRefurbished>("item-refurbished", "翻新", "Refurbished"),
        ItemEvents.Of<RefurbGradeIssued>("refurb-grade-issued", "翻新定级", "Refurbishing grade issued"),
        ItemEvents.Of<WarrantyStarted>("warranty-started", "质保开始", "Warranty started"),
    ];
}
