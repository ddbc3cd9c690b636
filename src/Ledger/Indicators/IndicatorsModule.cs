namespace Ledger.Indicators;

/// <summary>Figures of the plan.</summary>
static class IndicatorsModule
{
    public static Module Module { get; } =
        new("Indicators")
        {
            Events = IndicatorEvents.All,
            Commands = [IndicatorDecider.Commands],
            Refusals = IndicatorRefusals.All,
        };
}
