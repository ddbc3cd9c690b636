using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Api.Settings;
using Ledger.Kernel;
using Ledger.Store.Exporting;
using Ledger.Store.Mapping;

namespace Api.Cli;

/// <summary>Writes the provenance bundle of an item: what an exporter hands over.</summary>
static class BundleVerb
{
    public static Command Make()
    {
        var id = new Argument<string>("ID") { Description = "Any identifier, e.g. vin:LSVAM4187C2184847" };
        var output = new Option<string?>("-o", "--output") { Description = "The file to write" };
        var since = new Option<long?>("--since")
        {
            Description = "Only what came after the checkpoint of this size (a delta)",
        };
        var disclose = new Option<string?>("--disclose")
        {
            Description = "Names of disclosures to open besides the identifiers, e.g. seller,buyer; * for all",
        };
        var now = new Option<bool>("--no-wait")
        {
            Description = "Answers at once; without it, waits some seconds until the newest event is covered",
        };
        var command = new Command("bundle", "Writes the provenance bundle of an item, to be verified offline")
        {
            id,
            output,
            since,
            disclose,
            now,
        };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(() =>
                    RunAsync(
                        parsed.GetValue(id)!,
                        parsed.GetValue(output),
                        Wish(parsed.GetValue(since), parsed.GetValue(disclose)),
                        parsed.GetValue(now),
                        Verbs.Settings(parsed),
                        parsed.GetValue(Verbs.Json),
                        stop
                    )
                )
        );
        return command;
    }

    static BundleWish Wish(long? since, string? disclose) =>
        BundleWish.Default with
        {
            Since = since is > 0 ? (ulong)since : null,
            Disclose = BundleWish.Default.Disclose.Union(
                (disclose ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
        };

    static async Task<int> RunAsync(
        string id,
        string? output,
        BundleWish wish,
        bool now,
        LedgerSettings settings,
        bool json,
        CancellationToken stop
    )
    {
        if (output is null)
            return Verbs.Fail("Name the file to write: -o FILE.zip.", Verbs.UsedWrongly);
        await using var ledger = await LedgerRuntime.OpenAsync(settings, stop);
        var (item, unknown) = await Verbs.FindAsync(ledger, id, stop);
        if (unknown is not null)
            return Verbs.Refuse(unknown, json);
        if (!now)
        {
            // The service that runs publishes it.
            using var maps = new HeadMapWaiting(ledger.Node, new(ledger.Node));
            await Bundles.CoveredAsync(await ledger.Node.Reader.StreamAsync(item!.Value, stop), maps, stop);
        }
        var policy = await File.ReadAllBytesAsync(settings.Policy, stop);
        var (bundle, refusal) = await new Bundles(ledger.Node).MakeAsync(item!.Value, wish, policy, stop);
        if (bundle is null)
            return Verbs.Refuse(refusal!, json);
        await File.WriteAllBytesAsync(output, bundle.Bytes, stop);
        if (bundle.Unreadable > 0)
            Console.Error.WriteLine(
                $"{N(bundle.Unreadable)} texts of its events do not open with the keys at hand and are not disclosed."
            );
        if (json)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        file = output,
                        events = bundle.Events,
                        size = bundle.Size,
                        bytes = bundle.Bytes.Length,
                    },
                    WireJson.Options
                )
            );
        else
            Console.WriteLine(
                $"{output}: {N(bundle.Events)} events, checkpoint of {N((long)bundle.Size)} leaves, {N(bundle.Bytes.Length)} bytes"
            );
        return Verbs.Done;
    }

    static string N(long n) => n.ToString(CultureInfo.InvariantCulture);
}
