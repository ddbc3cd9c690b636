using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>How commands on one item are read for and decided.</summary>
public static class ItemModule
{
    /// <summary>How commands on one item are decided.</summary>
    public static CommandKind Commands { get; } =
        CommandKind.Of<ItemCommand>(
            Needs,
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

    static IEnumerable<Need> Needs(ItemCommand c, StreamsRead read, Situation s)
    {
        var aliases = AliasesOf(c).Select(Need.Of);
        return ItemOf(c, s).Item is not { } id ? aliases
            : !read.Has(id) ? aliases.Append(Need.Of(id))
            : aliases.Append(Need.Of(id)).Concat(ItemGuards.Named(c, read.ItemOf(id), s.LawDay).Select(Need.Of));
    }

    /// <summary>What a row of another register names its item by; null: the command names its item itself.</summary>
    static RegisterItem? Named(ItemCommand c) =>
        c switch
        {
            ObserveFact fact => fact.Registration,
            RecordSale sale => sale.Registration,
            _ => null,
        };

    static IEnumerable<GuardKey> AliasesOf(ItemCommand c) =>
        Named(c)?.Identifiers.Select(i => ItemGuards.Alias(i.Identifier)) ?? [];

    /// <summary>The item of a command; of a row of another register whoever bears one of its identifiers, or a new
    /// one.</summary>
    /// <returns>No item: its identifiers have not been read, or they are two items'.</returns>
    static (Guid? Item, Refusal? Refusal) ItemOf(ItemCommand c, Situation s)
    {
        if (Named(c) is not { } named)
            return (c.Item, null);
        var keys = AliasesOf(c).ToList();
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
