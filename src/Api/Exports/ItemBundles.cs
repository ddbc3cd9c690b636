using System.Globalization;
using Api.Hosting;
using Api.Lists;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Exporting;
using Ledger.Store.Mapping;
using Ledger.Store.Publishing;
using Ledger.Store.Vault;

namespace Api;

/// <summary>Issues a provenance bundle, on record.</summary>
/// <param name="Purpose">What it is for, e.g. <c>出口报关</c>.</param>
/// <param name="Recipient">Who gets it, by the market's word; no name, no number.</param>
/// <param name="Disclose">Names of disclosures to open besides the identifiers, e.g. <c>seller</c>; <c>*</c> for
/// all.</param>
public sealed record BundleBody(
    string Purpose,
    string? Recipient = null,
    IReadOnlyList<string>? Disclose = null,
    string? OccurredAt = null
);

/// <summary>A bundle that was issued, and what came since.</summary>
/// <param name="ManifestHash">SHA-256 of its manifest, in hex.</param>
/// <param name="Since">Names of events recorded of the item after what it shows; a holder does not know them.</param>
public sealed record IssuedBundle(
    Guid Id,
    DateTimeOffset IssuedAt,
    string By,
    string? Purpose,
    string? Recipient,
    IReadOnlyList<string> FieldsDisclosed,
    long? CheckpointSize,
    string? ManifestHash,
    IReadOnlyList<string> Since
);

/// <summary>The provenance bundles of an item over HTTP: one to look at, and those that were handed out.</summary>
static class ItemBundles
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Items");
        items
            .MapGet("/bundle", OneAsync)
            .WithQuery(q => Asked(q))
            .Describe("The provenance bundle of an item, to be verified offline", null, "bundle-not-ready")
            .Zip();
        items
            .MapItemCommand<BundleBody>("/bundles", IssueAsync)
            .Describe<IssueBundle>(
                "Issue a bundle, on record",
                Examples.Bundle,
                "bundle-not-ready",
                "item-head-not-logged"
            );
        items
            .MapGet("/bundles", ListAsync)
            .Describe("Bundles that were issued of an item, and what came since", null)
            .Produces<ListAnswer<IssuedBundle>>()
            .Produces<ProblemBody>(404, Problems.MediaType);
        items
            .MapGet("/bundles/{bundle:guid}", IssuedAsync)
            .Describe("A bundle that was issued, as it was", null, "bundle-not-found", "bundle-changed")
            .Zip();
    }

    static void Zip(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces(200)
            .WithMetadata(new AlsoAs(OpenApiAnswers.Zip))
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(409, Problems.MediaType);

    static BundleWish Asked(QueryValues q)
    {
        var since = q.Text("since", ("自检查点大小", "Only what came after the checkpoint of this size"), 20);
        if (!ulong.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && since is not null)
            q.Refuse("since", since, "the size of a checkpoint");
        var names =
            q.Text("disclose", ("另行公开的内容", "Names of further disclosures to open; * for all"), 4000) ?? "";
        return BundleWish.Default with
        {
            Since = since is null ? null : size,
            Disclose = BundleWish.Default.Disclose.Union(
                names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
        };
    }

    static async Task OneAsync(HttpContext http, LedgerNode node, HeadMapWaiting maps, PublishingSettings settings)
    {
        var (item, events, missing) = await FindAsync(http, node);
        var q = new QueryValues(http, node.Pipeline.Now);
        var wish = Asked(q);
        if ((missing ?? q.Fault) is { } wrong)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        await Bundles.CoveredAsync(events, maps, http.RequestAborted);
        var (bundle, refusal) = await MakeAsync(item, wish, node, settings, http.RequestAborted);
        await SendAsync(http, $"{item}", bundle, refusal);
    }

    static async Task<(Guid Item, List<StoredEvent> Events, Refusal? Missing)> FindAsync(
        HttpContext http,
        LedgerNode node
    )
    {
        var (item, missing) = await ItemPath.FindAsync(http, node.Pipeline);
        var events = item is { } id ? await node.Reader.StreamAsync(id, http.RequestAborted) : [];
        return (item ?? default, events, missing ?? (events.Count == 0 ? ItemPath.NotFound(http) : null));
    }

    static async Task<(MadeBundle? Bundle, Refusal? Refusal)> MakeAsync(
        Guid item,
        BundleWish wish,
        LedgerNode node,
        PublishingSettings settings,
        CancellationToken stop
    )
    {
        var policy = await File.ReadAllBytesAsync(Path.Combine(settings.Folder, "policy.txt"), stop);
        return await new Bundles(node).MakeAsync(item, wish, policy, stop);
    }

    static async Task SendAsync(HttpContext http, string name, MadeBundle? bundle, Refusal? refusal)
    {
        if (bundle is null)
        {
            await Problems.WriteAsync(http, refusal!);
            return;
        }
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.zip\"";
        await http.Response.Body.WriteAsync(bundle.Bytes, http.RequestAborted);
    }

    /// <summary>Made first, then put on record with the hash of its manifest: a repeat gets the first answer, and the
    /// first bundle under its address, whose head map is kept.</summary>
    static Task<Plan> IssueAsync(Incoming<BundleBody> i, Guid item, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var purpose = f.Needed(b.Purpose, "purpose", 200);
        var recipient = f.Party(b.Recipient, "recipient");
        var wish = BundleWish.Default with
        {
            Disclose = BundleWish.Default.Disclose.Union(f.Texts(b.Disclose, "disclose") ?? []),
        };
        var settings = i.Http.RequestServices.GetRequiredService<PublishingSettings>();
        var maps = i.Http.RequestServices.GetRequiredService<HeadMapWaiting>();
        var plan = new Plan(
            new IssueBundle("", [], 0, 0, purpose, recipient),
            ("bundles", node.Database.Handles.EventId(i.Scope, i.Key, 0))
        )
        {
            OccurredAt = b.OccurredAt,
            Complete = async (command, stop) =>
            {
                if (await node.Reader.StreamAsync(item, stop) is not { Count: > 0 } events)
                    return (null, Refusal.Of("item-not-found", ("value", item)));
                await Bundles.CoveredAsync(events, maps, stop);
                var (bundle, refusal) = await MakeAsync(item, wish, node, settings, stop);
                if (bundle is null)
                    return (null, refusal);
                await new BundleExporter(node).KeepAsync(bundle.Size, stop);
                return (
                    (IssueBundle)command with
                    {
                        ManifestHash = bundle.Manifest.ToHex(),
                        Disclosed = bundle.Opened,
                        CheckpointSize = (long)bundle.Size,
                        Covered = bundle.Covered,
                    },
                    null
                );
            },
        };
        return Task.FromResult(plan);
    }

    static async Task IssuedAsync(HttpContext http, Guid bundle, LedgerNode node, PublishingSettings settings)
    {
        var (item, events, missing) = await FindAsync(http, node);
        if (events.Find(e => e.EventId == bundle)?.Event is not BundleIssued issued)
        {
            await Problems.WriteAsync(http, missing ?? Refusal.Of("bundle-not-found", ("value", bundle)));
            return;
        }
        var wish = new BundleWish([.. issued.FieldsDisclosed ?? []], Size: (ulong?)issued.CheckpointSize);
        var (made, refusal) = await MakeAsync(item, wish, node, settings, http.RequestAborted);
        if (made?.Manifest.ToHex() != issued.ManifestHash)
            (made, refusal) = (null, Refusal.Of("bundle-changed", ("hash", issued.ManifestHash)));
        await SendAsync(http, $"{bundle}", made, refusal);
    }

    static async Task ListAsync(HttpContext http, LedgerNode node)
    {
        var (_, events, missing) = await FindAsync(http, node);
        if (missing is not null)
        {
            await Problems.WriteAsync(http, missing);
            return;
        }
        var issued = events.Where(e => e.Event is BundleIssued).ToList();
        var clear = await new ClearTexts(node.Database).OfPartiesAsync(
            issued.Select(e => ((BundleIssued)e.Event).Recipient),
            http.RequestAborted
        );
        await ListAnswers.WriteAllAsync(http, [.. issued.Select(e => Row(e, events, clear))], "bundles");
    }

    static IssuedBundle Row(StoredEvent e, IEnumerable<StoredEvent> events, ClearText clear)
    {
        var issued = (BundleIssued)e.Event;
        return new(
            e.EventId,
            e.Envelope.OccurredAt,
            e.Envelope.Actor,
            issued.Purpose,
            clear.Of(issued.Recipient),
            issued.FieldsDisclosed ?? [],
            issued.CheckpointSize,
            issued.ManifestHash,
            [
                .. events
                    .Where(later => later.Version > e.Version && later.Event is not BundleIssued)
                    .Select(later => Ledger.EventCatalog.Of(later.Event).Name)
                    .Distinct(),
            ]
        );
    }
}
