using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>
/// What the seller tells before an offer (二手车流通管理办法 14): nine fields, each yes, no, or not checked. Not checked is
/// an answer and is shown as such; empty is none.
/// </summary>
/// <param name="Use">Used commercially before.</param>
/// <param name="Mileage">The reading is not the true mileage.</param>
/// <param name="Text">What a buyer should know besides.</param>
public sealed record ItemDisclosed(
    Disclosed? Accident = null,
    Disclosed? Flood = null,
    Disclosed? Fire = null,
    Disclosed? Repair = null,
    Disclosed? Mortgage = null,
    Disclosed? Use = null,
    Disclosed? Recall = null,
    Disclosed? Mileage = null,
    Disclosed? Other = null,
    string? Text = null
) : LedgerEvent
{
    /// <summary>How many of the nine have an answer.</summary>
    public int Answered() =>
        ((Disclosed?[])[Accident, Flood, Fire, Repair, Mortgage, Use, Recall, Mileage, Other]).Count(a =>
            a is not null
        );
}

/// <summary>有, 无, 未核查.</summary>
public enum Disclosed
{
    Yes,
    No,

    /// <summary>Nobody looked: an answer too, and shown as such.</summary>
    NotChecked,
}

/// <inheritdoc cref="ItemDisclosed"/>
public sealed record DiscloseItem(
    Disclosed Accident,
    Disclosed Flood,
    Disclosed Fire,
    Disclosed Repair,
    Disclosed Mortgage,
    Disclosed Use,
    Disclosed Recall,
    Disclosed Mileage,
    Disclosed Other,
    string? Text
) : GoodsCommand
{
    /// <summary>The sheet that is recorded.</summary>
    internal ItemDisclosed Sheet => new(Accident, Flood, Fire, Repair, Mortgage, Use, Recall, Mileage, Other, Text);
}

/// <summary>The sheet that stands, and the event that says it.</summary>
public sealed record NineFieldDisclosure(ItemDisclosed Sheet, Guid Event);

static class DisclosureDecider
{
    /// <summary>Nobody may deny what the ledger knows.</summary>
    public static Decision Decide(ItemDisclosed sheet, Item item)
    {
        var brands = item.Condition.Brands;
        (string Field, bool Denied, Guid? By)[] known =
        [
            (
                "accident",
                sheet.Accident is Disclosed.No
                    && brands.Any(b => b is Brand.Accident or Brand.Damaged or Brand.WrittenOff),
                null
            ),
            ("flood", sheet.Flood is Disclosed.No && brands.Contains(Brand.Flood), null),
            ("fire", sheet.Fire is Disclosed.No && brands.Contains(Brand.Fire), null),
            ("mileage", sheet.Mileage is Disclosed.No && brands.Contains(Brand.Odometer), null),
            (
                "mortgage",
                sheet.Mortgage is Disclosed.No && item.Encumbrances.IsEncumbered,
                item.Encumbrances.Liens.FirstOrDefault()?.Event
            ),
        ];
        return known.FirstOrDefault(k => k.Denied) is { Field: { } field } denied
            ? Decision.Refuse(
                Refusal.Of("contradicts-ledger", ("field", field)).At(field) with
                {
                    BlockingEvent = denied.By,
                }
            )
            : Decision.Record(sheet);
    }
}
