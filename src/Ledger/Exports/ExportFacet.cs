using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Where the item went, if abroad.</summary>
public sealed record ExportFacet(string? Country)
{
    public static ExportFacet None { get; } = new((string?)null);

    public static ExportFacet Evolve(ExportFacet facet, Recorded e) =>
        e.Event switch
        {
            DestinationRegistered d => new(d.Country),
            ItemReimported => None,
            _ => facet,
        };
}
