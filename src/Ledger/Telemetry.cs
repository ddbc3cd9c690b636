using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ledger;

/// <summary>One activity source and one meter, every name in one place (operations.md §6). No ids, no personal
/// data in labels.</summary>
public static class Telemetry
{
    public const string Name = "Ledger";

    public static ActivitySource Source { get; } = new(Name);
    public static Meter Meter { get; } = new(Name);

    /// <summary>From request to answer, by command and outcome.</summary>
    public static Histogram<double> CommandDuration { get; } =
        Meter.CreateHistogram<double>("ledger.command.duration", "s", "Time to answer a command");
    public static Histogram<int> BatchSize { get; } =
        Meter.CreateHistogram<int>("ledger.commit.batch_size", "{command}", "Commands in one transaction");

    /// <summary>Commands that wait while a batch is on its way.</summary>
    public static Gauge<int> LaneQueue { get; } =
        Meter.CreateGauge<int>("ledger.lane.queue", "{command}", "Commands that wait for the lane");
    public static Histogram<double> LaneStep { get; } =
        Meter.CreateHistogram<double>("ledger.lane.step.duration", "s", "Time of one batch under the lane's lock");
    public static Counter<long> EventsAppended { get; } =
        Meter.CreateCounter<long>("ledger.events.appended", "{event}", "Events made durable");
    public static Counter<long> Replays { get; } =
        Meter.CreateCounter<long>("ledger.idempotency.replays", "{command}", "Commands answered from record");
    public static Counter<long> OutcomesUnknown { get; } =
        Meter.CreateCounter<long>("ledger.outcome.unknown", "{batch}", "Commits whose answer was lost");
    public static Counter<long> LaneRollbacks { get; } =
        Meter.CreateCounter<long>("ledger.lane.rollbacks", "{batch}", "Batches whose insert failed: a bug, always");
    public static Counter<long> ImportRows { get; } =
        Meter.CreateCounter<long>("ledger.import.rows", "{row}", "Rows read by imports, by outcome");
    public static Counter<long> Verdicts { get; } =
        Meter.CreateCounter<long>("ledger.rules.verdicts", "{verdict}", "Verdicts kept, by rule and result");

    /// <summary>Leaves of the log.</summary>
    public static Gauge<long> ProofSize { get; } =
        Meter.CreateGauge<long>("ledger.proof.size", "{leaf}", "Leaves of the proof log");

    /// <summary>How long the oldest unpublished head has waited.</summary>
    public static Gauge<double> ProofLag { get; } =
        Meter.CreateGauge<double>("ledger.proof.lag", "s", "Age of the oldest head that no checkpoint covers");
    public static Gauge<double> CheckpointAge { get; } =
        Meter.CreateGauge<double>("ledger.checkpoint.age", "s", "Time since the served checkpoint was cosigned");

    /// <summary>Witnesses of the policy that did not cosign in the last round.</summary>
    public static Gauge<long> WitnessMissing { get; } =
        Meter.CreateGauge<long>("ledger.witness.missing", "{witness}", "Witnesses of the policy that did not cosign");
}
