using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>What the log records of itself, and what the service refuses.</summary>
static class OperationsModule
{
    public static Module Module { get; } =
        new("Operations")
        {
            Streams = [LogStreams.Log],
            Events = LogEvents.All,
            Permits = OperationsPermits.All,
            Commands = [LogDecider.Commands],
            Refusals = [.. ServiceRefusals.All, .. ImportRefusals.All, .. LogRefusals.All],
            Times = [ActTimeLine.Ahead<RulesetActivated>(e => e.From)],
        };
}
