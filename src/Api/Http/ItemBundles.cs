using System.Globalization;
using Api.Export;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Exporting;
using Ledger.Store.Publishing;

namespace Api.Http;

/// <summary>The provenance bundle of an item over HTTP.</summary>
static class ItemBundles
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id}/bundle", OneAsync)
            .WithTags("Items")
            .Says("The provenance bundle of an item, to be verified offline", null, "bundle-not-ready")
            .Produces(200, contentType: "application/zip")
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(409, Problems.MediaType);

    static async Task OneAsync(HttpContext http, CommandDesk desk, LedgerNode node, PublishingSettings settings)
    {
        var (item, missing) = await ItemPath.FindAsync(http, desk);
        var since = http.Request.Query["since"].ToString();
        if (since.Length > 0 && !ulong.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            missing ??= Refusal
                .Of(
                    "query-malformed",
                    ("name", "since"),
                    ("value", Bounds.Short(since)),
                    ("expected", "the size of a checkpoint")
                )
                .At("since");
        if (missing is not null)
        {
            await Problems.WriteAsync(http, missing);
            return;
        }
        var wish = BundleWish.Default with
        {
            Since = since.Length > 0 ? ulong.Parse(since, CultureInfo.InvariantCulture) : null,
            Disclose = BundleWish.Default.Disclose.Union(
                http.Request.Query["disclose"]
                    .ToString()
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
        };
        var policy = await File.ReadAllBytesAsync(Path.Combine(settings.Folder, "policy.txt"), http.RequestAborted);
        var (bundle, refusal) = await new Bundles(node).MakeAsync(item!.Value, wish, policy, http.RequestAborted);
        if (bundle is null)
        {
            await Problems.WriteAsync(http, refusal!);
            return;
        }
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{item}.zip\"";
        await http.Response.Body.WriteAsync(bundle.Bytes, http.RequestAborted);
    }
}
