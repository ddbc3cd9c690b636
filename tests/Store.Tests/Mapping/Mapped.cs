using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;
using Support;

namespace Store.Tests.Mapping;

/// <summary>Commands that maps are made of.</summary>
static class Mapped
{
    public static Guid Item(string key) => TestLedger.Handles.EntityId("item", "test", key);

    /// <param name="serial">Null: as its key.</param>
    public static DecidedCommand Register(string key, string? serial = null)
    {
        var named = Named(serial ?? key);
        return new("test", key, TestLedger.Said(key))
        {
            Expects = [new(Item(key), 0)],
            Texts = [named.Identifier],
            Appends = [new(Item(key), GoodsStreams.Item, new ItemRegistered("appliance", [named.Ref]), Envelope(key))],
        };
    }

    /// <summary>The item's own identifier once more.</summary>
    public static DecidedCommand Bind(string key, string item, long version) =>
        new("test", key, TestLedger.Said(key))
        {
            Expects = [new(Item(item), version)],
            Texts = [Named(item).Identifier],
            Appends = [new(Item(item), GoodsStreams.Item, new ItemIdentifierAdded(Named(item).Ref), Envelope(key))],
        };

    public static DecidedCommand Grade(string key, string item, long version) =>
        new("test", key, TestLedger.Said(key))
        {
            Expects = [new(Item(item), version)],
            Appends =
            [
                new(Item(item), GoodsStreams.Item, new ItemGraded("GB/T 30323-2013", 905, 1, false), Envelope(key)),
            ],
        };

    static NamedIdentifier Named(string serial) => TestLedger.Name($"serial:HAIER/{serial}");

    public static Envelope Envelope(string key) =>
        new(key, new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "local", "ADM", "0");
}
