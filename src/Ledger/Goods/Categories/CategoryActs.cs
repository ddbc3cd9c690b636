using System.Collections.Frozen;
using Ledger.Kernel;

namespace Ledger.Goods.Categories;

/// <summary>What only some categories know: a sofa has no odometer, a phone no registration document. Facts of another
/// register are taken as they are.</summary>
static class CategoryActs
{
    static readonly FrozenDictionary<Type, Func<GoodsCategory, bool>> Known = new Dictionary<
        Type,
        Func<GoodsCategory, bool>
    >
    {
        [typeof(DiscloseItem)] = c => c.AsksSheet,
        [typeof(ReadOdometer)] = c => c.TransfersByStation,
        [typeof(ChangeUse)] = c => c.TransfersByStation,
        [typeof(RecordPeriodicInspection)] = c => c.TransfersByStation,
        [typeof(RecordRegistration)] = c => c.TransfersByStation,
        [typeof(ReportDocumentLost)] = c => c.TransfersByStation,
        [typeof(ReportDocumentReissued)] = c => c.TransfersByStation,
        [typeof(AlterItem)] = c => c.TransfersByStation,
    }.ToFrozenDictionary();

    /// <summary>Why an item's category knows no such act; null: it does.</summary>
    public static Refusal? Refuses(ItemCommand c, Item item) =>
        Known.GetValueOrDefault(c.GetType()) is { } known
        && GoodsCategory.Find(item.Category) is { } category
        && !known(category)
            ? Refusal.Of("not-of-this-category", ("category", item.Category))
            : null;

    /// <summary>Why a registration cannot say what it says: a member that only a register of vehicles gives, or days
    /// that are not in order; null: it can.</summary>
    public static Refusal? Refuses(RegisterItem c)
    {
        if (GoodsCategory.Find(c.Category) is { TransfersByStation: false })
            foreach (
                var (name, given) in (ReadOnlySpan<(string, object?)>)
                    [
                        ("fuel", c.Fuel),
                        ("useNature", c.UseNature),
                        ("scrapCategory", c.ScrapCategory),
                        ("firstRegistered", c.FirstRegistered),
                        ("emission", c.Emission),
                    ]
            )
                if (given is not null)
                    return Refusal.Of("value-not-allowed", ("name", name), ("kind", c.Category)).At(name);
        return c is { ProductionDate: { } made, FirstRegistered: { } first } && first < made
            ? InOrder("firstRegistered", first, "productionDate", made)
            : null;
    }

    /// <summary>A day that lies before one that it follows.</summary>
    public static Refusal InOrder(string name, DateOnly day, string follows, DateOnly least) =>
        Refusal
            .Of(
                "days-out-of-order",
                ("name", name),
                ("value", Instants.Text(day)),
                ("follows", follows),
                ("least", Instants.Text(least))
            )
            .At(name);
}
