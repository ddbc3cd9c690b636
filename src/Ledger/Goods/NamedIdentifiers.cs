using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Proof;

namespace Ledger.Goods;

/// <summary>Events that bind identifiers to an item.</summary>
static class NamedIdentifiers
{
    public static ImmutableArray<IdentifierLine> All { get; } =
    [
        new(
            typeof(ItemRegistered),
            "identifiers",
            (e, texts, _) =>
                Of((ItemRegistered)e) is { Length: > 0 } several && !texts.IsEmpty
                    ? Jcs.Of(json => json.AddList(texts.Take(several.Length), Add))
                    : null
        )
        {
            Bound = new("identifiers", IsList: true, e => Of((ItemRegistered)e)),
        },
        new(
            typeof(ItemIdentifierAdded),
            "identifier",
            // A command may bind several: each event tells its own.
            (e, texts, handles) =>
                e is ItemIdentifierAdded { Identifier: { } one }
                && texts.FirstOrDefault(t => handles.Name(t).Ref == one) is { } added
                    ? Jcs.Of(json => Add(json, added))
                    : null
        )
        {
            Bound = new(
                "identifier",
                IsList: false,
                e => e is ItemIdentifierAdded { Identifier: { } one } ? [one] : []
            ),
        },
    ];

    static ImmutableArray<IdentifierRef> Of(ItemRegistered e) =>
        e.Identifiers is { IsDefault: false } several ? several : [];

    static void Add(Utf8Builder json, Identifier identifier)
    {
        json.Add("{\"kind\":"u8);
        json.AddText(identifier.Kind);
        json.Add(",\"value\":"u8);
        json.AddText(identifier.Value);
        json.Add("}"u8);
    }
}
