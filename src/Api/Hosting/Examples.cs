using System.Text.Json.Nodes;

namespace Api;

/// <summary>One example a command, as the documentation shows it; a test sends each and sees it taken. Those of one
/// noun stand in its folder, here those that several share.</summary>
static partial class Examples
{
    public static readonly object Reason = new { reason = "车主撤回" };
    public static readonly object Completion = new { occurredAt = "2026-06-03T02:00:00.000Z" };
    public static readonly object SiteReason = new { reason = "未按规定查验车辆" };

    public static JsonNode Node(object example) =>
        System.Text.Json.JsonSerializer.SerializeToNode(example, Ledger.Kernel.WireJson.Options)!;
}
