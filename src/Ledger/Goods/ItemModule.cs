using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>How commands on one item are read for and decided.</summary>
public static class ItemModule
{
    /// <summary>How commands on one item are decided.</summary>
    public static CommandKind Commands { get; } =
        CommandKind.Of<ItemCommand>(
            (c, read, s) =>
                Needs(
                    c switch
                    {
                        ObserveFact { Registration: { } r } => Aliases(r),
                        RecordSale sale => Aliases(sale.Registration),
                        _ => [],
                    },
                    ItemOf(c, s).Item,
                    c,
                    read,
                    s
                ),
            (c, read, s) =>
            {
                var (item, refusal) = ItemOf(c, s);
                return
                [
                    new(
                        item ?? c.Item,
                        Noun.Item,
                        refusal is not null
                            ? Decision.Refuse(refusal)
                            : ItemDecider.Decide(c, read.ItemOf(item!.Value), s)
                    ),
                ];
            }
        );

    static IEnumerable<Need> Needs(
        IEnumerable<Need> aliases,
        Guid? item,
        ItemCommand c,
        StreamsRead read,
        Situation s
    ) =>
        item is not { } id ? aliases
        : !read.Has(id) ? aliases.Append(Need.Of(id))
        : aliases.Append(Need.Of(id)).Concat(ItemGuards.Named(c, read.ItemOf(id), s.LawDay).Select(Need.Of));

    static IEnumerable<Need> Aliases(RegisterItem named) =>
        named.Identifiers.Select(i => Need.Of(ItemGuards.Alias(i.Identifier)));

    /// <summary>The item of a command; of a row of another register whoever bears one of its identifiers, or a new
    /// one.</summary>
    /// <returns>No item: its identifiers have not been read, or they are two items'.</returns>
    static (Guid? Item, Refusal? Refusal) ItemOf(ItemCommand c, Situation s)
    {
        var named = c switch
        {
            ObserveFact fact => fact.Registration,
            RecordSale sale => sale.Registration,
            _ => null,
        };
        if (named is null)
            return (c.Item, null);
        var keys = named.Identifiers.Select(i => ItemGuards.Alias(i.Identifier)).ToList();
        if (!keys.TrueForAll(s.Knows))
            return (null, null);
        return keys.Select(s.Guard).OfType<string>().Distinct().ToList() switch
        {
            [] => (c.Item, null),
            [var one] => (Guid.Parse(one), null),
            _ => (
                null,
                Refusal
                    .Of(
                        "identifiers-of-two-items",
                        ("value", string.Join(' ', named.Identifiers.Select(i => i.Identifier)))
                    )
                    .At("identifiers")
            ),
        };
    }
}
