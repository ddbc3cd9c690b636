using Projections.Market;
using Projections.Regulator;

namespace Projections;

/// <summary>Every view in one screen.</summary>
public static class Registry
{
    public static IReadOnlyList<View> Views { get; } =
    [
        new WhatIsForSale(),
        new WhatWasSold(),
        new WhatIsWiped(),
        new WhatHappened(),
        new WhatWasAttested(),
        new WhatIsOdd(),
        new WhatStandsHere(),
        new WhatStationsDo(),
        new WhatReachesItsLimit(),
    ];

    public static View? Find(string name) => Views.FirstOrDefault(v => v.Name == name);

    /// <summary>The name of a view's place in the store, as Marten's daemon called it, which fed them once.</summary>
    public static string Place(View view) => $"{view.Name}:All";
}
