using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Api.Import;
using Api.Settings;
using Ledger;
using Ledger.Kernel;

namespace Api.Cli;

static class ImportVerb
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "CSV, XLSX or JSON lines; .gz of each" };
        var kind = new Option<string?>("--kind")
        {
            Description = "sales (a row is a completed sale) or history (a row is a past event)",
        };
        var map = new Option<string?>("--map")
        {
            Description = "A map that says how the file's columns read (ledger-map/1)",
        };
        var market = new Option<string?>("--market")
        {
            Description = "The market whose register it is, where the file has no such column",
        };
        var rejected = new Option<string?>("--rejected")
        {
            Description = "Where refused rows go (default FILE.rejected.csv)",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Judge every row, record nothing" };
        var command = new Command("import", "Takes a register over: idempotent, resumable, refused rows listed")
        {
            file,
            kind,
            map,
            market,
            rejected,
            dry,
        };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(() =>
                    RunAsync(
                        new(
                            parsed.GetValue(file)!,
                            parsed.GetValue(kind),
                            parsed.GetValue(map),
                            parsed.GetValue(market),
                            parsed.GetValue(rejected),
                            parsed.GetValue(dry),
                            parsed.GetValue(Verbs.Json)
                        ),
                        Verbs.Settings(parsed),
                        stop
                    )
                )
        );
        return command;
    }

    sealed record Options(
        string File,
        string? Kind,
        string? Map,
        string? Market,
        string? Rejected,
        bool Dry,
        bool Json
    );

    static async Task<int> RunAsync(Options o, LedgerSettings settings, CancellationToken stop)
    {
        if (o.Market is not null && MarketCode.Check(o.Market) is { } bad)
            return Verbs.Fail(RefusalCatalog.Say(bad, Verbs.Chinese).Detail, Verbs.UsedWrongly);
        ImportMap? map;
        try
        {
            map = o.Map is null ? null : ImportMap.Read(o.Map);
        }
        catch (MapException error)
        {
            return Verbs.Fail(error.Message, Verbs.UsedWrongly);
        }
        var kind = o.Kind ?? map?.Kind ?? "sales";
        if (kind is not ("sales" or "history"))
            return Verbs.Fail($"--kind is sales or history, not “{kind}”.", Verbs.UsedWrongly);
        if (map?.Kind is { } declared && declared != kind)
            return Verbs.Fail($"The map is of kind {declared}, --kind says {kind}.", Verbs.UsedWrongly);
        try
        {
            return await RunAsync(o, kind == "sales", map, settings, stop);
        }
        catch (Exception error) when (error is MapException or NoFileException)
        {
            return Verbs.Fail(error.Message, Verbs.UsedWrongly);
        }
        catch (NotWhatItClaimsException error)
        {
            if (o.Json)
                Console.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            read = 0,
                            recorded = 0,
                            known = 0,
                            refused = 0,
                            skipped = 0,
                            events = 0,
                            complete = false,
                            error = error.Message,
                        },
                        WireJson.Options
                    )
                );
            return Verbs.Fail(error.Message, Verbs.No);
        }
    }

    static async Task<int> RunAsync(
        Options o,
        bool sales,
        ImportMap? map,
        LedgerSettings settings,
        CancellationToken stop
    )
    {
        using var source = RowSource.Open(o.File, map);
        var rows = new RowReader(source, sales, map, o.Market, o.File);
        if (rows.Ignored.Count > 0)
            Console.Error.WriteLine($"Columns that are not read: {string.Join(", ", rows.Ignored)}.");
        var target = o.Rejected ?? RejectedFile.Default(o.File, settings.Data);
        if (RejectedFile.Ready(target, o.File, o.Map) is { } unfit)
            return Verbs.Fail(unfit, Verbs.UsedWrongly);
        await using var ledger = await LedgerRuntime.OpenAsync(settings, stop);
        using var refused = new RejectedFile(target, source.Header, Verbs.Chinese);
        var importer = new Importer(ledger.Node, refused.Add, o.Dry);
        var requests = new RowRequests(ledger.Database.Handles, map, o.Market);
        var meter = new ProgressMeter();
        try
        {
            await importer.RunAsync(source, rows.Read, sales ? requests.Sale : requests.History, meter.Show, stop);
        }
        catch (NotWhatItClaimsException error)
        {
            // Good rows before the break are recorded: they are counted before the sentence.
            ProgressMeter.End();
            Console.Error.WriteLine(error.Message);
            Report(importer, refused, o, broken: true);
            return Verbs.No;
        }
        ProgressMeter.End();
        Report(importer, refused, o, broken: false);
        return importer.Counts.Refused > 0 ? Verbs.No : Verbs.Done;
    }

    static void Report(Importer importer, RejectedFile refused, Options o, bool broken)
    {
        var c = importer.Counts;
        if (o.Json)
        {
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        read = c.Read,
                        recorded = c.Recorded,
                        known = c.Known,
                        refused = c.Refused,
                        skipped = c.Skipped,
                        events = c.Events,
                        rejected = refused.Path,
                        skips = importer.Skips,
                        dryRun = o.Dry ? true : (bool?)null,
                        complete = !broken,
                    },
                    WireJson.Options
                )
            );
            return;
        }
        Console.WriteLine(
            $"{(o.Dry ? "Would be: " : "")}read {N(c.Read)}, recorded {N(c.Recorded)}, known {N(c.Known)}, refused {N(c.Refused)}, skipped {N(c.Skipped)}, events {N(c.Events)}"
        );
        foreach (var (reason, count) in importer.Skips)
            Console.WriteLine($"skipped {N(count)}: {reason}");
        if (refused.Path is { } path)
            Console.WriteLine($"refused rows: {path}");
    }

    static string N(long n) => n.ToString(CultureInfo.InvariantCulture);

    /// <summary>A bar on a terminal, a line every few seconds elsewhere; always on standard error.</summary>
    sealed class ProgressMeter
    {
        readonly Stopwatch total = Stopwatch.StartNew();
        readonly Stopwatch since = Stopwatch.StartNew();

        public void Show(ImportCounts c, double share)
        {
            if (since.ElapsedMilliseconds < (Console.IsErrorRedirected ? 3000 : 150))
                return;
            since.Restart();
            var rate = (long)(c.Read / Math.Max(0.001, total.Elapsed.TotalSeconds));
            if (Console.IsErrorRedirected)
                Console.Error.WriteLine(
                    $"{N(c.Read)} rows read, {N(c.Recorded)} recorded, {N(c.Refused)} refused, {N(rate)} rows/s"
                );
            else
            {
                var filled = (int)(share * 30);
                Console.Error.Write(
                    $"\r[{new string('#', filled)}{new string('.', 30 - filled)}] {N(c.Read)} rows, {N(c.Refused)} refused, {N(rate)}/s "
                );
            }
        }

        public static void End()
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write("\r\u001b[K");
        }
    }
}
