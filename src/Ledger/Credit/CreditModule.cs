using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>Credit signals, and who reads them.</summary>
static class CreditModule
{
    public static Module Module { get; } =
        new("Credit")
        {
            Streams = [CreditStreams.Reading],
            Events = CreditEvents.All,
            Permits = CreditPermits.All,
            Commands = [CreditDecider.Commands, ReadingDecider.Commands],
            Refusals = CreditRefusals.All,
            Rules = [.. CreditRules.All],
            Evaluators = CreditEvaluators.All,
            Times =
            [
                ActTimeLine.Happened<CreditSignalShared>(e => e.ActEndedOn),
                ActTimeLine.Ahead<CreditSignalShared>(e => e.ExpiresOn),
                ActTimeLine.Ahead<ObjectionFiled>(e => e.DueOn),
                ActTimeLine.Happened<CreditRepaired>(e => e.RepairedOn),
                ActTimeLine.Happened<CreditSignalExpired>(e => e.ExpiredOn),
                ActTimeLine.Ahead<ConsentGiven>(e => e.Until),
            ],
        };
}
