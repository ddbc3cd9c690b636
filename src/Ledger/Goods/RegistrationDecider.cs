using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>A thing enters the ledger.</summary>
static class RegistrationDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<RegisterItem>(
            Decide,
            (c, _, _) => c.Identifiers.Select(i => ItemReservations.Alias(i.Identifier)),
            ItemGate.None
        );

    public static Decision Decide(RegisterItem c, ItemHistory history, Situation s) =>
        history.State is null
            ? Register(c, s)
            : Decision.Refuse(
                Refusal.Of("item-exists", ("value", c.Identifiers.FirstOrDefault()?.Identifier)).At("identifiers")
            );

    /// <summary>What every registration asks, by whichever door: category, kinds of identifier, free aliases, check
    /// digits.</summary>
    internal static Decision Register(RegisterItem c, Situation s, bool observed = false)
    {
        if (GoodsCategory.Find(c.Category) is null)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "category-unknown",
                        ("value", c.Category),
                        ("known", string.Join(", ", GoodsCategory.All.Select(g => g.Code)))
                    )
                    .At("category")
            );
        if (!observed && CategoryActs.Refuses(c) is { } wrong)
            return Decision.Refuse(wrong);
        if (ItemReservations.HolderOf(c.Identifiers, s).Refusal is { } ofTwo)
            return Decision.Refuse(ofTwo);
        foreach (var id in c.Identifiers)
        {
            if (!(observed && id.Identifier.Kind == "register") && RefuseIdentifierKind(id, c.Category) is { } foreign)
                return Decision.Refuse(foreign.At("identifiers"));
            if (s.ReservationOf(ItemReservations.Alias(id.Identifier)) is not null)
                return Decision.Refuse(Refusal.Of("item-exists", ("value", id.Identifier)).At("identifiers"));
        }
        if (c.OwnedSince is { } since && since > s.LawDay)
            return Decision.Refuse(Occurrence.InFuture("ownedSince", Instants.Text(since)));
        return Decision
            .Record(
                new ItemRegistered(
                    c.Category,
                    [.. c.Identifiers.Select(i => i.Ref)],
                    c.Make,
                    c.Model,
                    c.TypeCode,
                    c.Fuel,
                    c.UseNature,
                    c.ScrapCategory,
                    c.ProductionDate,
                    c.FirstRegistered,
                    c.Emission,
                    c.Owner,
                    c.OwnedSince
                )
            )
            .Taking(ItemReservations.Taken(c.ItemId, c.Identifiers))
            .WithVerdicts(ItemJudge.Registering(c, s));
    }

    /// <summary>A kind of identifier that the category does not have.</summary>
    internal static Refusal? RefuseIdentifierKind(NamedIdentifier id, string category) =>
        GoodsCategory.Find(category) is { } known && !known.Identifiers.Contains(id.Identifier.Kind)
            ? Refusal.Of(
                "identifier-not-for-category",
                ("kind", id.Identifier.Kind),
                ("category", category),
                ("allowed", string.Join(", ", known.Identifiers))
            )
            : null;
}
