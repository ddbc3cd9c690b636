using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Refusals of bundles.</summary>
static class BundleRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "item-head-not-logged",
            409,
            new(
                "证明包尚不完整",
                "物品已有 {version} 个事件，经见证的链头映射只覆盖到第 {covered} 个。",
                "确认服务正在运行且见证人可达后重试。"
            ),
            new(
                "The bundle would not be complete",
                "The item has {version} events; the witnessed head map covers {covered} of them.",
                "A running service covers them within seconds: see that it runs and reaches its witnesses."
            )
        ),
        new(
            "bundle-not-found",
            404,
            new("没有这个证明包", "该物品没有编号为 {value} 的证明包。", "查看该物品已出具的证明包。"),
            new("There is no such bundle", "No bundle {value} was issued of this item.", "List the item's bundles.")
        ),
        new(
            "bundle-changed",
            409,
            new(
                "无法还原该证明包",
                "所依据的链头映射已不再保留（只留最近三次），或披露内容已删除、策略已更换；清单哈希不再是 {hash}。",
                "已交付的文件仍可验证；需要时出具新的证明包。"
            ),
            new(
                "The bundle cannot be made again",
                "Its head map is not kept any more, what it disclosed was erased, or the policy is another one: the manifest's hash is not {hash}.",
                "The file that was handed out still verifies; issue a new bundle where one is needed."
            )
        ),
        new(
            "bundle-not-ready",
            409,
            new(
                "证明包尚不可用",
                "尚无覆盖此物品的、经见证的检查点与链头映射。",
                "确认服务正在运行且见证人可达后重试。"
            ),
            new(
                "The bundle is not ready",
                "No witnessed checkpoint and head map cover this item yet.",
                "A running service makes them within seconds: see that it runs and reaches its witnesses."
            )
        ),
    ];
}
