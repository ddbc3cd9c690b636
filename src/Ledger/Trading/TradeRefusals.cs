using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Refusals of listings, deals and what follows them.</summary>
static class TradeRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
            "not-the-complainant",
            403,
            new(
                "不是投诉人",
                "投诉由提出者、或经其会签由对方、或由监管部门办结。",
                "请投诉人会签（Ledger-Second-Actor），或报监管部门。"
            ),
            new(
                "Not the complainant",
                "A complaint is settled by whoever filed it, by the other side with his word, or by a regulator.",
                "Ask him to counter-sign (Ledger-Second-Actor), or a regulator to settle it."
            )
        ),
        new(
            "buyer-not-consenting",
            403,
            new("买方未同意", "解除交易须由买方办理或会签，或由监管部门决定。", "请买方会签（Ledger-Second-Actor）。"),
            new(
                "The buyer has not consented",
                "A deal is rescinded by its buyer, with his counter-signature, or by a regulator.",
                "Ask the buyer to counter-sign (Ledger-Second-Actor)."
            )
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
            "invoice-number-used",
            409,
            new("发票号已使用", "该发票号已用于另一笔交易。", "核对发票号。"),
            new(
                "The invoice number is used",
                "This invoice number already stands for another sale.",
                "Check the invoice number."
            )
        ),
        new(
            "amount-differs",
            422,
            new("金额不一致", "金额 {value}，成交价为 {agreed} {currency}。", "按成交价填写。"),
            new("Another amount", "The amount is {value}; agreed were {agreed} {currency}.", "Enter the agreed price.")
        ),
        new(
            "parts-do-not-sum",
            422,
            new("金额不平", "净额 {net} + 税额 {tax} ≠ 总额 {gross}。", "更正其中一项。"),
            new("The parts do not sum", "Net {net} + tax {tax} is not gross {gross}.", "Correct one of them.")
        ),
        new(
            "needs-station-transfer",
            422,
            new("须经登记站转移", "品类 {category} 由登记服务站办理转移登记。", "使用 transfers。"),
            new(
                "Needs a station's transfer",
                "Ownership of {category} passes by a registration station.",
                "Post to transfers."
            )
        ),
        new(
            "needs-hand-over",
            422,
            new("以交付转移", "品类 {category} 以交付完成，不需登记站。", "使用 completions。"),
            new(
                "Passes by hand-over",
                "Ownership of {category} passes by hand-over, without a station.",
                "Post to completions."
            )
        ),
        new(
            "listing-not-found",
            404,
            new("没有这条挂牌", "该物品没有编号为 {value} 的挂牌。", "在物品历史中查找挂牌编号。"),
            new(
                "No such listing",
                "The item has no listing {value}.",
                "Look up the listing's id in the item's history."
            )
        ),
        new(
            "deal-not-found",
            404,
            new("没有这笔交易", "该物品没有编号为 {value} 的交易。", "在物品历史中查找交易编号。"),
            new("No such deal", "The item has no deal {value}.", "Look up the deal's id in the item's history.")
        ),
        new(
            "already-listed",
            409,
            new("已在挂牌", "该物品已在市场 {market} 挂牌。", "请 {market} 撤牌，或请其同意同步挂牌。"),
            new(
                "Already listed",
                "The item is already listed by market {market}.",
                "Ask {market} to withdraw it or to agree to a mirror."
            )
        ),
        new(
            "item-in-other-deal",
            409,
            new("已有进行中的交易", "该物品有一笔进行中的交易（{state}）。", "等待该交易完成或取消。"),
            new(
                "Another deal is under way",
                "The item has a deal under way ({state}).",
                "Wait until that deal is completed or cancelled."
            )
        ),
        new(
            "seller-not-owner",
            409,
            new("出售方不是所有人", "按账本记录，出售方不是该物品现在的所有人。", "核对出售方；遗漏的转让请先补记。"),
            new(
                "The seller does not own it",
                "By the ledger's record the seller is not the present owner.",
                "Check the seller; record the missing transfer first."
            )
        ),
        new(
            "buyer-is-seller",
            422,
            new("买卖双方相同", "买方与卖方是同一方。", "填写真正的买方。"),
            new("Buyer and seller are the same", "Buyer and seller are the same party.", "Name the true buyer.")
        ),
        new(
            "three-cars-limit",
            422,
            new(
                "自然人年度三辆限制",
                "该自然人本年出售持有不满一年的车辆已达第 {carsThisYear} 辆（限 {limit}）。",
                "由二手车经销企业收购，或待持有满一年后出售。"
            ),
            new(
                "Limit of three cars a year",
                "This would be this person's car number {carsThisYear} of the year held for less than one year (limit {limit}).",
                "Sell through a dealer, or after one year of ownership."
            )
        ),
        new(
            "papers-missing",
            422,
            new("缺少资料", "未附登记资料。", "附上资料的哈希后重新提交。"),
            new("Papers are missing", "No papers came with the submission.", "Send it again with their hashes.")
        ),
        new(
            "not-the-lister",
            403,
            new("不是发布方", "该信息由另一市场或另一方发布。", "由发布该信息的市场或本人办理。"),
            new(
                "Not the lister",
                "Another market, or somebody else, offers it.",
                "Let the market or person do it that listed it."
            )
        ),
        new(
            "not-of-this-deal",
            403,
            new("与该交易无关", "该交易不在请求所注明的市场办理。", "由办理该交易的市场或本人继续。"),
            new(
                "Not of this deal",
                "The deal is not made at the desk that the request names.",
                "Let the market or person do it that opened the deal."
            )
        ),
        new(
            "not-the-dealer",
            403,
            new(
                "不是该库存的经销商",
                "库存由其经销商或办理入库的市场处理。",
                "由该经销商以自己的代码办理，或由其市场办理。"
            ),
            new(
                "Not the dealer whose stock it is",
                "Stock is for its dealer, or for the market that took it in.",
                "Let the dealer act under its own code, or its market."
            )
        ),
        new(
            "dealer-not-owner",
            409,
            new(
                "车商不是所有人",
                "该物品不属于该车商：收购须先以交易过户。",
                "先办理出售给该车商的交易，再登记入库；代销请填写 consign。"
            ),
            new(
                "The dealer is not the owner",
                "It is not the dealer's: what is bought passes by a deal.",
                "Record the deal that sells it to the dealer first; for a consignment say consign."
            )
        ),
        new(
            "transfer-not-submitted",
            409,
            new("未提交登记", "该交易的资料未提交登记服务站。", "先提交资料，再由登记服务站查验、登记。"),
            new(
                "Not submitted",
                "The papers of this deal are at no registration station.",
                "Submit them first; then the station checks the car and registers."
            )
        ),
        new(
            "not-at-this-station",
            409,
            new("不由该服务站办理", "资料在 {station}，不在 {value}。", "由 {station} 办理，或由其退办后重新提交。"),
            new(
                "Not at this station",
                "The papers are at {station}, not at {value}.",
                "Let {station} do it, or send them back and submit them again."
            )
        ),
        new(
            "vehicle-not-checked",
            409,
            new("未查验车辆", "提交资料后未查验车辆，或查验不符。", "先查验车辆（vehicle-checks）。"),
            new(
                "The car was not checked",
                "No check since the papers came found the car as they say.",
                "Check the car first (vehicle-checks)."
            )
        ),
        new(
            "identity-altered",
            409,
            new("车辆与资料不符", "查验发现车架号或发动机号与资料不符。", "退办并报告公安机关。"),
            new(
                "The car is not what its papers say",
                "The check found that VIN or engine differ from the papers.",
                "Send it back and report it to the police."
            )
        ),
    ];
}
