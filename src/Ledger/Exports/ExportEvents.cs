using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

public sealed record ItemExported(DateOnly? ExportedOn = null, string? Port = null) : LedgerEvent;

public sealed record ItemReimported(DateOnly? ImportedOn = null) : LedgerEvent;

public sealed record DestinationRegistered(
    string? Country = null,
    DateOnly? RegisteredOn = null,
    long? OdometerKm = null
) : LedgerEvent;

public static class ExportEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<ItemExported>("item-exported", Noun.Item, "出口离境", "Exported"),
        EventLine.Of<ItemReimported>("item-reimported", Noun.Item, "复进口", "Reimported"),
        EventLine.Of<DestinationRegistered>(
            "destination-registered",
            Noun.Item,
            "目的地登记",
            "Registered at destination"
        ),
    ];
}
