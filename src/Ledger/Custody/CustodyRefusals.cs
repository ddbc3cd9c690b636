using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Refusals of custody.</summary>
static class CustodyRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "custody-held-elsewhere",
            409,
            new("物品已在他处保管", "物品由 {site} 保管（{place}），尚未移交。", "先在该处办理移交或交付。"),
            new(
                "Kept elsewhere",
                "The item is kept by {site} ({place}) and was not handed on.",
                "Have it handed on or over there first."
            )
        ),
        new(
            "intake-not-found",
            404,
            new("没有这张收件单", "此物品没有收件单 {value}。", "从物品的历史中查找收件单编号。"),
            new("Intake not found", "The item has no intake {value}.", "Look its id up in the history of the item.")
        ),
        new(
            "intake-closed",
            409,
            new("收件单未开启", "收件单 {value} 不是此物品当前开启的收件单。", "先登记收件，再以其编号提交。"),
            new(
                "The intake is not open",
                "{value} is not the intake that is open for this item.",
                "Record the arrival first and name its id."
            )
        ),
        new(
            "seal-mismatch",
            409,
            new("封签不符", "所示封签 {value} 与移交时登记的不同。", "核对封签；如被拆封，先报告。"),
            new(
                "The seal differs",
                "The seal {value} is not the one that was recorded.",
                "Compare the seals; report it where one was opened."
            )
        ),
    ];
}
