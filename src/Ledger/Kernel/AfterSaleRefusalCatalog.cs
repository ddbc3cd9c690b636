using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of stated facts, returns and complaints.</summary>
static class AfterSaleRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "appraiser-is-party-to-deal",
            409,
            new("评估人是交易当事人", "进行中的交易以评估人为一方。", "由第三方评估。"),
            new(
                "The appraiser is a party",
                "The appraiser is a party to the deal under way.",
                "Let a third party do it."
            )
        ),
        new(
            "evidence-missing",
            422,
            new("缺少凭证", "未附凭证。", "附上凭证的哈希。"),
            new("The evidence is missing", "No evidence came with it.", "Attach its hash.")
        ),
        new(
            "brand-not-held",
            409,
            new("没有该瑕疵", "该物品没有瑕疵 {value}。", "核对瑕疵种类。"),
            new("No such brand", "The item does not bear the brand {value}.", "Check the brand.")
        ),
        new(
            "before-first-registration",
            422,
            new("早于初次登记", "初次登记为 {firstRegistered}。", "核对检验时间。"),
            new("Before its first registration", "It was first registered on {firstRegistered}.", "Check the day.")
        ),
        new(
            "reused-part-without-source",
            422,
            new("回用件缺少来源", "回用件须写明来源。", "写明来源。"),
            new(
                "A reused part needs its source",
                "It is not said where the reused part comes from.",
                "Name its source."
            )
        ),
        new(
            "safety-test-missing",
            422,
            new("缺少安全检测", "翻新须附安全检测。", "附上检测报告的哈希。"),
            new(
                "The safety test is missing",
                "A refurbished device needs its safety test.",
                "Attach the report's hash."
            )
        ),
        new(
            "label-remanufactured-not-allowed",
            422,
            new("不得标为再制造", "标签“{value}”：翻新不是再制造。", "改为翻新标识。"),
            new(
                "Not remanufactured",
                "The label “{value}” claims remanufacture; refurbishing is not that.",
                "Label it refurbished."
            )
        ),
        new(
            "tag-used",
            409,
            new("标签已使用", "标签 {value} 属于另一件物品。", "换一个标签。"),
            new("The tag is used", "The tag {value} is on another item.", "Take another tag.")
        ),
        new(
            "first-market-not-consenting",
            409,
            new("首家市场未同意", "该物品由 {market} 挂牌，须经其同意。", "请 {market} 同意同步挂牌。"),
            new(
                "The first market has not consented",
                "{market} listed it and must consent.",
                "Ask {market} to let it be mirrored."
            )
        ),
        new(
            "complaint-not-found",
            404,
            new("没有这项投诉", "该物品没有编号为 {value} 的未结投诉。", "在物品历史中查找投诉编号。"),
            new("No such complaint", "The item has no open complaint {value}.", "Look up its id in the item's history.")
        ),
        new(
            "warranty-shorter-than-due",
            422,
            new("质保期不足", "质保 {months} 个月，短于规定。", "按规定延长质保。"),
            new("The warranty is too short", "{months} months are less than what is due.", "Give what is due.")
        ),
        new(
            "fraud-damages",
            422,
            new("欺诈赔偿", "价款 {priceFen} 分，应赔 {dueFen} 分。", "按消费者权益保护法处理。"),
            new("Damages for fraud", "For a price of {priceFen} fen, {dueFen} fen are due.", "Settle it by the law.")
        ),
        new(
            "classified-not-for-market",
            422,
            new("涉密设备", "该设备标为涉密，不得进入市场。", "按保密规定移送。"),
            new("A classified device", "It is marked as classified: it never enters the market.", "Divert it.")
        ),
        new(
            "not-marked-classified",
            422,
            new("未标涉密", "未说明该设备标有涉密标识。", "核对标识后填写。"),
            new("Not marked as classified", "Nobody says that it bears the mark.", "Look for the mark, then say so.")
        ),
    ];
}
