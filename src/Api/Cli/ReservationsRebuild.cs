using System.Globalization;
using System.Text.Json;
using Api.Settings;
using Ledger.Kernel;
using Ledger.Store.Auditing;
using Ledger.Store.Postgres;
using Npgsql;

namespace Api.Cli;

/// <summary><c>rebuild reservations</c>: makes the reservations anew from the events, once an audit has found nothing
/// wrong with the events and the log. It needs the login that owns the tables; the running service holds no such
/// right.</summary>
static class ReservationsRebuild
{
    public const string Name = Projections.Reconciler.Reservations;

    /// <summary>Changes that are told; the others are counted.</summary>
    const int MostTold = Findings.MostOfAKind;

    public static async Task<int> RunAsync(LedgerSettings settings, bool json, CancellationToken stop)
    {
        // Opened as an audit does: a log that reservations have stopped must be mended all the same.
        await using var ledger = await AuditedLedger.OpenAsync(settings, stop);
        var progress = AuditVerb.Progress();
        var audit = new Audit(ledger.Database, ledger.WitnessAsync, [], progress);
        var report = await audit.RunAsync(new(0, false, Path.Combine(settings.Data, "log")), stop);
        if (!report.Ok)
        {
            foreach (var finding in report.Findings)
                Console.Error.WriteLine($"{finding.Kind}: {finding.Detail}");
            return Verbs.Fail(
                "The events do not fit the log: reservations are not made from them. Nothing was changed.",
                Verbs.No
            );
        }
        var told = new List<string>();
        try
        {
            var changed = await new ReservationRebuild(ledger.Database).RunAsync(
                clause =>
                {
                    if (told.Count < MostTold)
                        told.Add(clause);
                },
                progress,
                stop
            );
            Say(told, changed, json);
            return Verbs.Done;
        }
        catch (InvalidOperationException error)
        {
            return Verbs.Fail($"{error.Message} Nothing was changed.", Verbs.No);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return Verbs.Fail(
                $"Only the login that owns the ledger's tables rebuilds reservations ({error.MessageText}). Name it with --postgres. Nothing was changed.",
                Verbs.Missing
            );
        }
    }

    static void Say(List<string> told, long changed, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { changed, rows = told }, WireJson.Options));
        else
        {
            foreach (var clause in told)
                Console.WriteLine(clause);
            Console.WriteLine(
                changed == 0
                    ? "Every reservation is what the events give."
                    : $"{changed.ToString(CultureInfo.InvariantCulture)} reservations made anew. A service that runs goes on with them once it is started again."
            );
        }
    }
}
