using Projections.Regulator;

namespace Api.Lists;

/// <summary>Markets, stations and exporters, each by its code.</summary>
static class SiteLists
{
    public static LedgerList Markets { get; } = Of("markets", "Markets", "All markets", "market", Api.Markets.View);

    public static LedgerList Stations { get; } =
        Of("stations", "Stations", "All registration stations", "station", Api.Stations.View);

    public static LedgerList Exporters { get; } =
        Of("exporters", "Export", "All exporters", "exporter", Api.Exporters.View);

    static LedgerList<object?, T> Of<T>(
        string path,
        string tag,
        string summary,
        string type,
        Func<RegisterRow, T> entry
    ) =>
        new(path, tag, summary)
        {
            Views = [new RegisterView()],
            Filter = _ => null,
            Rows = async r =>
                new(await new RegisterQuery(r.Node.Database, r.Today).AllAsync(type, entry, r.Stop), null),
        };
}
