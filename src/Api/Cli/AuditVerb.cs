using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Api.Settings;
using Ledger.Kernel;
using Ledger.Store.Auditing;
using Ledger.Store.Reservations;
using Projections;

namespace Api.Cli;

/// <summary><c>audit</c>: derives everything again from the stored rows and names what does not fit (proof.md
/// §11).</summary>
static class AuditVerb
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    public static Command Make()
    {
        var from = new Option<long>("--from")
        {
            Description = "First leaf, a multiple of 256; what lies left of it is taken from the full tiles",
        };
        var signatures = new Option<string>("--signatures")
        {
            Description = "all, or sample (default): some, the newest 10 000, and all that are about keys",
            DefaultValueFactory = _ => "sample",
        };
        signatures.AcceptOnlyFromAmong("all", "sample");
        var command = new Command("audit", "Derives everything again from the stored rows, names what does not fit")
        {
            from,
            signatures,
        };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(async () =>
                {
                    var first = parsed.GetValue(from);
                    if (first < 0 || first % 256 != 0)
                        return Verbs.Fail("--from is a multiple of 256.", Verbs.UsedWrongly);
                    var settings = Verbs.Settings(parsed);
                    var scope = new AuditScope(
                        (ulong)first,
                        parsed.GetValue(signatures) == "all",
                        Path.Combine(settings.Data, "log")
                    );
                    await using var ledger = await AuditedLedger.OpenAsync(settings, stop);
                    var audit = new Audit(
                        ledger.Database,
                        ledger.WitnessAsync,
                        [new ReservationAudit(ledger.Database), new ViewAudit(ledger.Database)],
                        Progress()
                    );
                    try
                    {
                        return Say(await audit.RunAsync(scope, stop), parsed.GetValue(Verbs.Json));
                    }
                    catch (ArgumentOutOfRangeException error)
                    {
                        return Verbs.Fail(error.Message.Split(" (Parameter")[0], Verbs.UsedWrongly);
                    }
                })
        );
        return command;
    }

    /// <summary>A line on standard error every two seconds: a small ledger is done before the first.</summary>
    internal static Action<string> Progress()
    {
        var since = Stopwatch.StartNew();
        return line =>
        {
            if (since.Elapsed < BetweenLines)
                return;
            since.Restart();
            Console.Error.WriteLine(line);
        };
    }

    static int Say(AuditReport report, bool json)
    {
        foreach (var line in report.Skipped)
            Console.Error.WriteLine(line);
        if (json)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        ok = report.Ok,
                        leaves = report.Leaves,
                        checkpoint = report.Checkpoint,
                        findings = report.Findings,
                        notes = report.Notes,
                    },
                    WireJson.Options
                )
            );
        else
        {
            foreach (var finding in report.Findings)
                Console.WriteLine($"{finding.Kind}: {finding.Detail}");
            foreach (var note in report.Notes)
                Console.WriteLine($"Note, no finding: {note.Kind}: {note.Detail}");
            Console.WriteLine(
                report.Ok
                    ? $"{report.Leaves} leaves, everything fits."
                    : $"{report.Leaves} leaves, {report.Findings.Count} findings."
            );
        }
        return report.Ok ? Verbs.Done : Verbs.No;
    }
}
