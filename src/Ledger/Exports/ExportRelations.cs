using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Of those whose role may, whose affair an exporter and its batches are: an exporter acts for itself alone,
/// and no regulator decides on itself. It is asked before the state is, so that a refusal tells a stranger nothing of
/// it.</summary>
static class ExportRelations
{
    /// <param name="exporter">Code of the exporter that it is about; null: of none that is known.</param>
    /// <returns>Why it is not his to do; null: it is.</returns>
    public static Refusal? Refuses(string? exporter, Acting by) =>
        exporter is null ? null
        : by.Is(Roles.Exp) && by.Actor != exporter ? new("not-the-exporter")
        : by.Is(Roles.Reg) && by.Actor == exporter ? new("own-affair")
        : null;

    /// <summary>Whether a thing that was the exporter's when it joined its batch has become somebody else's.</summary>
    public static bool WasSold(Item item) => item.Owner.Party != item.Export.OwnerInBatch;

    public static Refusal NotOwner(Item item) => new("exporter-not-owner") { BlockingEvent = item.LastEvent };
}
