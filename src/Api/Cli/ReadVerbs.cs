using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Api.Hosting;
using Api.Settings;
using Ledger.Kernel;
using Projections;

namespace Api.Cli;

/// <summary><c>item</c>, <c>history</c> and <c>rebuild</c>.</summary>
static class ReadVerbs
{
    static readonly Argument<string> Id = new("ID")
    {
        Description = "Any identifier, e.g. vin:LSVAM4187C2184847, or the ledger's own id",
    };
    static readonly Option<string?> AsOf = new("--as-of")
    {
        Description = "What had occurred by then (RFC 3339, or a day: its end in Asia/Shanghai)",
    };
    static readonly Option<string?> KnownAt = new("--known-at") { Description = "What had been recorded by then" };

    public static Command Item()
    {
        var command = new Command("item", "What the ledger knows of an item now") { Id, AsOf, KnownAt };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(async () =>
                {
                    var (reading, exit) = await ReadAsync(parsed, stop);
                    if (reading is null)
                        return exit;
                    if (parsed.GetValue(Verbs.Json))
                        Console.WriteLine(JsonSerializer.Serialize(reading.Item, WireJson.Options));
                    else
                        foreach (var (name, value) in reading.Item.Lines(Verbs.Chinese))
                            Console.WriteLine($"{name}: {value}");
                    return Verbs.Done;
                })
        );
        return command;
    }

    public static Command History()
    {
        var command = new Command("history", "Every event of an item, oldest first") { Id, AsOf, KnownAt };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(async () =>
                {
                    var (reading, exit) = await ReadAsync(parsed, stop);
                    if (reading is null)
                        return exit;
                    foreach (var e in reading.Events)
                        Console.WriteLine(
                            parsed.GetValue(Verbs.Json)
                                ? JsonSerializer.Serialize(e, WireJson.Options)
                                : $"{e.When}  {e.Type, -34} {string.Join("  ", e.Shown.Select(f => $"{f.Key}={f.Value}"))}"
                        );
                    return Verbs.Done;
                })
        );
        return command;
    }

    static async Task<(ItemReading? Reading, int Exit)> ReadAsync(ParseResult parsed, CancellationToken stop)
    {
        if (
            !Times.TryRead(parsed.GetValue(AsOf), out Moment? asOf)
            || !Times.TryRead(parsed.GetValue(KnownAt), out DateTimeOffset? knownAt)
        )
            return (
                null,
                Verbs.Fail(
                    "--as-of and --known-at are an instant (2026-01-31T12:00:00Z) or a day (2026-01-31).",
                    Verbs.UsedWrongly
                )
            );
        await using var ledger = await LedgerRuntime.OpenAsync(Verbs.Settings(parsed), stop);
        var (item, refusal) = await Verbs.FindAsync(ledger, parsed.GetValue(Id)!, stop);
        if (refusal is not null)
            return (null, Verbs.Refuse(refusal, parsed.GetValue(Verbs.Json)));
        var reading = await ItemReading.OfAsync(
            ledger.Reader,
            new Ledger.Store.Vault.ClearTexts(ledger.Database),
            item!.Value,
            asOf,
            knownAt,
            stop
        );
        return reading is null
            ? (null, Verbs.Refuse(Verbs.NotFound(parsed.GetValue(Id)!), parsed.GetValue(Verbs.Json)))
            : (reading, Verbs.Done);
    }

    public static Command Rebuild()
    {
        var name = new Argument<string?>("VIEW")
        {
            Description =
                $"Its name; all without one; {ReservationsRebuild.Name}: the reservations, from the events, as the owner",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("rebuild", "Rebuilds a view beside the old one, then switches; or the reservations")
        {
            name,
        };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(async () =>
                {
                    var wanted = parsed.GetValue(name);
                    if (wanted == ReservationsRebuild.Name)
                        return await ReservationsRebuild.RunAsync(
                            Verbs.Settings(parsed),
                            parsed.GetValue(Verbs.Json),
                            stop
                        );
                    var views = wanted is null ? Registry.Views : [.. Registry.Views.Where(v => v.Name == wanted)];
                    if (views.Count == 0)
                        return Verbs.Fail(
                            $"There is no view “{wanted}”; there are {string.Join(", ", Registry.Views.Select(v => v.Name))}.",
                            Verbs.UsedWrongly
                        );
                    await using var ledger = await LedgerRuntime.OpenAsync(Verbs.Settings(parsed), stop);
                    var done = new List<object>();
                    foreach (var view in views)
                    {
                        var rows = await ledger.Tables.RebuildAsync(
                            view,
                            n =>
                                Console.Error.WriteLine(
                                    $"{view.Name}: {n.ToString(CultureInfo.InvariantCulture)} rows"
                                ),
                            stop
                        );
                        if (rows is null)
                            return Verbs.Fail($"The view {view.Name} is being rebuilt already.", Verbs.No);
                        var seen = await Freshness.OfAsync(ledger.Database, view, stop);
                        if (!seen.IsCaughtUp)
                            Console.Error.WriteLine(
                                $"{view.Name} is as of record {seen.Sequence} of {seen.Newest}; a running service feeds it the rest."
                            );
                        done.Add(new { view = view.Name, rows });
                        if (!parsed.GetValue(Verbs.Json))
                            Console.WriteLine(
                                $"{view.Name}: {rows.Value.ToString(CultureInfo.InvariantCulture)} rows, switched"
                            );
                    }
                    if (parsed.GetValue(Verbs.Json))
                        Console.WriteLine(JsonSerializer.Serialize(done, WireJson.Options));
                    return Verbs.Done;
                })
        );
        return command;
    }
}
