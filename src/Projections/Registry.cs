using Projections.Market;
using Projections.Regulator;

namespace Projections;

/// <summary>Every view in one screen.</summary>
public static class Registry
{
    public static IReadOnlyList<View> Views { get; } =
    [
        new ListingsView(),
        new SalesView(),
        new MediaView(),
        new EventsView(),
        new AttestationsView(),
        new AlertsView(),
        new StockView(),
        new TransfersView(),
        new ScrapLimitsView(),
        new RegisterView(),
        new CasesView(),
        new TargetsView(),
        new ReportsView(),
    ];

    public static View? Find(string name) => Views.FirstOrDefault(v => v.Name == name);

    /// <summary>The name of a view's place in the store, as Marten's daemon called it, which fed them once.</summary>
    public static string Place(View view) => $"{view.Name}:All";
}
