namespace Ledger.Indicators;

/// <summary>Figures of the plan.</summary>
static class IndicatorsModule
{
    public static Module Module { get; } =
        new("Indicators")
        {
            Streams = [IndicatorStreams.Indicator],
            Events = IndicatorEvents.All,
            Permits = IndicatorsPermits.All,
            Commands = [IndicatorDecider.Commands],
            Refusals = IndicatorRefusals.All,
        };
}
