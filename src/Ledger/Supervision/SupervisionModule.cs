namespace Ledger.Supervision;

/// <summary>Suspicions and cases of an authority.</summary>
static class SupervisionModule
{
    public static Module Module { get; } =
        new("Supervision")
        {
            Streams = [CaseStreams.Case],
            Events = CaseEvents.All,
            Permits = SupervisionPermits.All,
            Commands = [CaseDecider.Commands],
            Refusals = CaseRefusals.All,
        };
}
