using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>The sentences of a refusal in one language.</summary>
public sealed record RefusalText(string Title, string Detail, string NextStep);

/// <summary>A refusal code with its HTTP status and its sentences.</summary>
public sealed record RefusalLine(string Code, int Status, RefusalText Zh, RefusalText En);

/// <summary>
/// Every refusal code of the product: what happened, and what to do next, in zh-CN and English (domain.md §2).
/// <c>{name}</c> is filled from <see cref="Refusal.With"/>. Codes are stable; sentences may be bettered.
/// </summary>
public static class RefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        .. DataRefusalCatalog.All,
        .. TradeLifeRefusalCatalog.All,
        .. ExportRefusalCatalog.All,
        .. CreditRefusalCatalog.All,
        .. AfterSaleRefusalCatalog.All,
        .. IndicatorRefusalCatalog.All,
        new(
            "unknown-stream",
            404,
            new("账本中没有这件物品", "没有物品使用此标识。", "核对标识，或先登记该物品。"),
            new(
                "The ledger does not know this item",
                "No item is known by this identifier.",
                "Check the identifier, or register the item first."
            )
        ),
        new(
            "unknown-listing",
            404,
            new("没有这条挂牌", "该物品没有编号为 {value} 的挂牌。", "在物品历史中查找挂牌编号。"),
            new(
                "No such listing",
                "The item has no listing {value}.",
                "Look up the listing's id in the item's history."
            )
        ),
        new(
            "unknown-deal",
            404,
            new("没有这笔交易", "该物品没有编号为 {value} 的交易。", "在物品历史中查找交易编号。"),
            new("No such deal", "The item has no deal {value}.", "Look up the deal's id in the item's history.")
        ),
        new(
            "unknown-encumbrance",
            404,
            new("没有这项抵押", "该物品没有编号为 {value} 的未解除抵押。", "在物品历史中查找抵押编号。"),
            new(
                "No such encumbrance",
                "The item has no open encumbrance {value}.",
                "Look up the encumbrance's id in the item's history."
            )
        ),
        new(
            "unknown-hold",
            404,
            new("没有这项查封", "该物品没有编号为 {value} 的未解除查封。", "在物品历史中查找查封编号。"),
            new("No such hold", "The item has no open hold {value}.", "Look up the hold's id in the item's history.")
        ),
        new(
            "key-exists",
            409,
            new("密钥已登记", "指纹为 {value} 的密钥已登记。", "登记另一个密钥。"),
            new("The key is registered already", "The key {value} is registered.", "Register another key.")
        ),
        new(
            "key-unknown",
            404,
            new("没有这个密钥", "没有指纹为 {value} 的可用密钥。", "核对指纹，或先登记该密钥。"),
            new(
                "No such key",
                "No key with the thumbprint {value} fits here.",
                "Check the thumbprint, or register the key first."
            )
        ),
        new(
            "key-revoked",
            409,
            new("密钥已吊销", "指纹为 {value} 的密钥已被吊销。", "使用另一个密钥。"),
            new("The key is revoked", "The key {value} was revoked.", "Use another key.")
        ),
        new(
            "proof-of-possession-missing",
            422,
            new(
                "缺少持有证明",
                "当事人自持的密钥须附新密钥的签名（pop）与担保签名（vouch）。",
                "附上两个签名后再提交。"
            ),
            new(
                "Proof of possession is missing",
                "A key that a party holds comes with its own signature (pop) and one that vouches for it (vouch).",
                "Send both signatures."
            )
        ),
        new(
            "signature-invalid",
            422,
            new("签名无效", "{name} 的签名不成立：{reason}。", "对照此项，重新准备并签名。"),
            new(
                "The signature does not hold",
                "A signature of {name} does not hold: {reason}.",
                "Look at what differs, prepare again and sign that."
            )
        ),
        new(
            "target-unknown",
            404,
            new("没有这个事件", "该物品的历史中没有事件 {value}。", "在物品历史中查找事件编号。"),
            new(
                "No such event",
                "The item's history has no event {value}.",
                "Look up the event's id in the item's history."
            )
        ),
        new(
            "not-found",
            404,
            new("没有这个地址", "此地址没有内容。", "从首页开始。"),
            new("Nothing here", "There is nothing at this address.", "Start from the first page.")
        ),
        new(
            "item-exists",
            409,
            new(
                "物品已登记",
                "标识 {value} 已属于账本中的一件物品。",
                "在该物品上继续记录；确为另一件物品时请提交证据。"
            ),
            new(
                "The item is registered already",
                "An item of the ledger already has the identifier {value}.",
                "Go on with that item; if it truly is another thing, bring evidence."
            )
        ),
        new(
            "alias-taken",
            409,
            new("标识已被占用", "标识 {value} 已属于另一件物品。", "核对实物；疑似套牌时通知登记站。"),
            new(
                "The identifier is taken",
                "The identifier {value} belongs to another item.",
                "Check the thing itself; tell the station if you suspect a clone."
            )
        ),
        new(
            "identifiers-of-two-items",
            409,
            new("标识分属不同物品", "这些标识在账本中属于不同的物品：{value}。", "每行只写一件物品的标识。"),
            new(
                "The identifiers belong to different items",
                "The ledger knows these identifiers as different items: {value}.",
                "Name the identifiers of one item only."
            )
        ),
        new(
            "item-ended",
            409,
            new("物品已终结", "该物品已报废、拆解或销毁，不能再交易。", "核对实物；已终结的物品再次出现应当报告。"),
            new(
                "The item has ended",
                "The item was scrapped, dismantled or destroyed; it cannot be traded.",
                "Check the thing; one that is seen again after its end must be reported."
            )
        ),
        new(
            "wrong-state",
            409,
            new("当前状态不允许", "当前状态为 {state}，不能进行此操作。", "查看物品历史，先完成前一步。"),
            new(
                "Not possible in this state",
                "It stands at {state}; this act is not possible from there.",
                "Look at the item's history and do the step before first."
            )
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
            "encumbered",
            409,
            new("设有抵押", "该物品有未解除的抵押或监管。", "请抵押权人解除登记。"),
            new(
                "Encumbered",
                "The item has an open mortgage, lease or customs supervision.",
                "Ask the holder to release it."
            )
        ),
        new(
            "held-by-authority",
            409,
            new("被机关查封或扣押", "该物品被机关查封、扣押或限制。", "等待作出决定的机关解除。"),
            new(
                "Held by an authority",
                "An authority holds the item.",
                "Wait for the release by the authority that placed it."
            )
        ),
        new(
            "past-scrap-limit",
            422,
            new("已达报废年限", "强制报废日为 {limit}，{day} 不得交易。", "办理报废回收。"),
            new(
                "Past its scrap limit",
                "Its compulsory scrap limit is {limit}; on {day} it may not be traded.",
                "Have it scrapped."
            )
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
            "data-not-wiped",
            422,
            new("数据未清除", "存储介质的状态为 {dataState}，未完成清除并验证。", "先完成数据清除与验证。"),
            new(
                "Data not wiped",
                "The state of its media is {dataState}: not wiped and verified.",
                "Wipe and verify it first."
            )
        ),
        new(
            "grade-does-not-follow-score",
            422,
            new("等级与得分不符", "填写等级 {grade}，按得分应为 {follows}。", "更正等级或得分。"),
            new(
                "The grade does not follow from the score",
                "Grade {grade} was given; the score says {follows}.",
                "Correct the grade or the score."
            )
        ),
        new(
            "odometer-needs-confirmation",
            409,
            new(
                "里程读数需确认",
                "读数 {valueKm} 公里与先前的 {lastKm} 公里不相符（{reason}）。",
                "再看一次里程表；确认无误后以 confirmed=true 重新提交。"
            ),
            new(
                "The reading needs confirmation",
                "The reading of {valueKm} km does not fit the earlier {lastKm} km ({reason}).",
                "Look again; if it is right, send it once more with confirmed=true."
            )
        ),
        new(
            "vin-check-failed",
            422,
            new("车辆识别代号检验位不符", "第9位为 {found}，计算应为 {computed}。", "对照车身拓印重新录入。"),
            new(
                "The VIN's check digit does not fit",
                "Position 9 is {found}, computed is {computed}.",
                "Read the VIN again from the body."
            )
        ),
        new(
            "vin-malformed",
            422,
            new("车辆识别代号格式错误", "“{value}” 不是17位、不含 I O Q 的车辆识别代号。", "对照车身拓印重新录入。"),
            new(
                "Malformed VIN",
                "“{value}” is not a VIN: 17 characters without I, O and Q.",
                "Read the VIN again from the body."
            )
        ),
        new(
            "imei-check-failed",
            422,
            new("IMEI 校验位不符", "有 {failing} 个 IMEI 未通过 Luhn 校验。", "拨 *#06# 重新读取。"),
            new(
                "The IMEI's check digit does not fit",
                "{failing} IMEI fail the Luhn check.",
                "Dial *#06# and read it again."
            )
        ),
        new(
            "imei-malformed",
            422,
            new("IMEI 格式错误", "“{value}” 不是15位数字。", "拨 *#06# 重新读取。"),
            new("Malformed IMEI", "“{value}” is not 15 digits.", "Dial *#06# and read it again.")
        ),
        new(
            "serial-malformed",
            422,
            new("序列号格式错误", "“{value}” 不是 品牌/序列号 的形式。", "写成 serial:品牌/序列号，最多128个字符。"),
            new(
                "Malformed serial number",
                "“{value}” is not of the form BRAND/NUMBER.",
                "Write serial:BRAND/NUMBER, at most 128 characters."
            )
        ),
        new(
            "tag-malformed",
            422,
            new("标签格式错误", "“{value}” 不是12位标签。", "重新扫描标签。"),
            new("Malformed tag", "“{value}” is not a tag of 12 characters.", "Scan the tag again.")
        ),
        new(
            "tag-check-failed",
            422,
            new("标签校验位不符", "标签校验位不符。", "重新扫描标签。"),
            new(
                "The tag's check character does not fit",
                "The check character of the tag does not fit.",
                "Scan the tag again."
            )
        ),
        new(
            "battery-code-malformed",
            422,
            new("电池编码格式错误", "“{value}” 不是电池编码。", "重新扫描电池编码。"),
            new("Malformed battery code", "“{value}” is not a battery code.", "Scan the battery code again.")
        ),
        new(
            "register-malformed",
            422,
            new("登记编号格式错误", "“{value}” 不是 来源/编号 的形式。", "写成 register:来源/编号。"),
            new(
                "Malformed register number",
                "“{value}” is not of the form SOURCE/NUMBER.",
                "Write register:SOURCE/NUMBER."
            )
        ),
        new(
            "identifier-malformed",
            422,
            new("标识格式错误", "“{value}” 不是 类型:值 的形式。", "例如 vin:LSVAM4187C2184847。"),
            new(
                "Malformed identifier",
                "“{value}” is not of the form kind:value.",
                "For example vin:LSVAM4187C2184847."
            )
        ),
        new(
            "identifier-kind-unknown",
            422,
            new("未知的标识类型", "不认识标识类型 “{value}”。", "使用 vin、imei、serial、tag、battery 或 register。"),
            new(
                "Unknown kind of identifier",
                "There is no kind of identifier “{value}”.",
                "Use vin, imei, serial, tag, battery or register."
            )
        ),
        new(
            "identifier-not-for-category",
            422,
            new(
                "此品类不用这种标识",
                "品类 {category} 不用 {kind}，可用：{allowed}。",
                "改用该品类的标识，或改正品类。"
            ),
            new(
                "Not an identifier of this category",
                "Category {category} does not take {kind}; it takes {allowed}.",
                "Use an identifier of the category, or correct the category."
            )
        ),
        new(
            "category-unknown",
            422,
            new("未知品类", "没有品类 “{value}”，已有：{known}。", "使用已有品类的代码。"),
            new(
                "Unknown category",
                "There is no category “{value}”; there are {known}.",
                "Use the code of a category that exists."
            )
        ),
        new(
            "category-differs",
            422,
            new("品类与账本不一致", "此处为 {value}，账本中该物品为 {known}。", "核对标识与品类。"),
            new(
                "Another category than recorded",
                "Here it is {value}; the ledger knows the item as {known}.",
                "Check identifier and category."
            )
        ),
        new(
            "division-unknown",
            422,
            new("未知行政区划", "区划代码 “{value}” 不在名单中。", "使用六位 GB/T 2260 代码。"),
            new("Unknown division", "Division “{value}” is not in the list.", "Use the six digits of GB/T 2260.")
        ),
        new(
            "market-malformed",
            422,
            new("市场代码格式错误", "“{value}” 不是 MK-区划-四位数字。", "例如 MK-510100-0007。"),
            new("Malformed market code", "“{value}” is not MK-<division>-<4 digits>.", "For example MK-510100-0007.")
        ),
        new(
            "uscc-malformed",
            422,
            new("统一社会信用代码格式错误", "“{value}” 不是18位统一社会信用代码。", "对照营业执照重新录入。"),
            new(
                "Malformed unified social credit code",
                "“{value}” is not a unified social credit code of 18 characters.",
                "Read it again from the business licence."
            )
        ),
        new(
            "market-unknown",
            422,
            new("未知市场", "账本中没有市场 {value}。", "先登记该市场。"),
            new("Unknown market", "The ledger does not know the market {value}.", "Open the market first.")
        ),
        new(
            "market-exists",
            409,
            new("市场已登记", "市场 {value} 已登记。", "无须重复登记。"),
            new("The market is open already", "The market {value} is open already.", "There is nothing left to do.")
        ),
        new(
            "market-differs",
            422,
            new("市场不一致", "该行写 {value}，导入指定 {expected}。", "分别导入各市场的登记簿。"),
            new(
                "Another market",
                "The row says {value}, the import was told {expected}.",
                "Import each market's register on its own."
            )
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
            "not-the-holder",
            409,
            new("不是权利人或保管人", "只有登记的抵押权人或当前保管人可以办理。", "由其本人办理。"),
            new(
                "Not the holder",
                "Only the registered holder of the lien, or whoever keeps the item now, may do this.",
                "Let the holder do it."
            )
        ),
        new(
            "not-the-placer",
            409,
            new("不是作出决定的机关", "只有作出决定的机关可以解除。", "由该机关办理。"),
            new(
                "Not the placing authority",
                "Only the authority that placed it may release it.",
                "Let that authority do it."
            )
        ),
        new(
            "not-correctable",
            422,
            new("不能更正", "{type} 没有更正或作废的形式。", "以新的事件说明。"),
            new(
                "Cannot be corrected",
                "There is no correction or void of {type}.",
                "Record a new event that says what is right."
            )
        ),
        new(
            "already-voided",
            409,
            new("已作废", "事件 {value} 已作废。", "无须重复作废。"),
            new("Voided already", "The event {value} was voided already.", "There is nothing left to do.")
        ),
        new(
            "correction-window-over",
            409,
            new(
                "已过自行更正期限",
                "只有记录者本人当日可以单独更正。",
                "由对方或主管机关会签（Ledger-Second-Actor）。"
            ),
            new(
                "The time to correct alone is over",
                "Only the recorder may correct alone, and only on the same day.",
                "Have the other side or the authority counter-sign (Ledger-Second-Actor)."
            )
        ),
        new(
            "dependent-events-exist",
            409,
            new("后续事件依赖于它", "后来的 {type} 依赖于此事件。", "先处理后续事件，或由对方会签。"),
            new(
                "Later events depend on it",
                "A later {type} depends on this event.",
                "Answer the later event first, or have the other side counter-sign."
            )
        ),
        new(
            "occurred-in-future",
            422,
            new("时间在将来", "{value} 晚于现在。", "核对日期与时区。"),
            new("In the future", "{value} lies in the future.", "Check date and time zone.")
        ),
        new(
            "occurred-too-early",
            422,
            new("时间早于已有记录", "{value} 早于所依据的最新事件 {newest}。", "核对时间；不能插到已有记录之前。"),
            new(
                "Before what stands",
                "{value} lies before the newest event it rests on, of {newest}.",
                "Check the time: this act cannot be put before what stands."
            )
        ),
        new(
            "stale-version",
            412,
            new("版本已变", "期望版本 {expected}，现为 {version}。", "重新读取后再提交。"),
            new(
                "The version has moved",
                "Expected was version {expected}; it is {version}.",
                "Read it again and send it once more."
            )
        ),
        new(
            "precondition-missing",
            428,
            new("缺少 If-Match", "更正与作废必须带 If-Match。", "先读取物品，带上其 ETag。"),
            new("If-Match is missing", "Corrections and voids need If-Match.", "Read the item and send its ETag.")
        ),
        new(
            "idempotency-key-missing",
            400,
            new(
                "缺少 Idempotency-Key",
                "每个命令都要带 Idempotency-Key（1–200 个可见 ASCII 字符）。",
                "为每个命令生成一个新的键，重试时沿用。"
            ),
            new(
                "Idempotency-Key is missing",
                "Every command needs an Idempotency-Key of 1–200 visible ASCII characters.",
                "Make a new key for each command and keep it for retries."
            )
        ),
        new(
            "idempotency-key-reused",
            422,
            new("键已用于其他内容", "同一个键先前提交过不同的内容。", "为新的内容使用新的键。"),
            new(
                "The key was used for something else",
                "The same key was sent before with another body.",
                "Use a new key for new content."
            )
        ),
        new(
            "row-key-reused",
            422,
            new(
                "行键已用于其他内容",
                "同一来源的 row_key {value} 先前导入过不同的内容。",
                "更正用更正事件，不要改行重导。"
            ),
            new(
                "The row key was used for something else",
                "The row_key {value} of this source was imported before with other content.",
                "Answer a wrong row with a correction, not by importing it changed."
            )
        ),
        new(
            "body-malformed",
            400,
            new("请求内容无法读取", "{reason}", "按接口文档发送 JSON 对象。"),
            new("The body cannot be read", "{reason}", "Send a JSON object as the documentation shows.")
        ),
        new(
            "value-missing",
            422,
            new("缺少内容", "{name} 为空。", "填写该项。"),
            new("A value is missing", "{name} is empty.", "Fill it in.")
        ),
        new(
            "value-malformed",
            422,
            new("内容格式错误", "{name} 的值 “{value}” 应为 {expected}。", "更正该项。"),
            new("Malformed value", "{name} is “{value}”; expected is {expected}.", "Correct it.")
        ),
        new(
            "value-out-of-range",
            422,
            new("超出范围", "{name} 应在 {least} 与 {most} 之间，实为 {value}。", "更正该项。"),
            new("Out of range", "{name} must lie between {least} and {most}; it is {value}.", "Correct it.")
        ),
        new(
            "value-not-mapped",
            422,
            new("映射中没有该值", "{name} 的值 “{value}” 不在映射表中。", "在映射文件中补充，或给出 else。"),
            new(
                "Value not in the map",
                "The map has no word for “{value}” of {name}.",
                "Add it to the map, or give an else."
            )
        ),
        new(
            "text-too-long",
            422,
            new("文本过长", "长 {length} 个字符，最多 {longest}。", "缩短文本。"),
            new("Text too long", "It has {length} characters; at most {longest} may stand.", "Shorten it.")
        ),
        new(
            "text-malformed",
            422,
            new("文本含有不允许的字符", "第 {place} 个字符是 {codePoint}。", "去掉控制字符。"),
            new(
                "Text with a character that may not stand",
                "Character {place} is {codePoint}.",
                "Remove control characters."
            )
        ),
        new(
            "personal-data-in-public-field",
            422,
            new("公开栏目中有个人信息", "{name} 看起来是身份证号或手机号。", "使用市场自己的编号。"),
            new(
                "Personal data in a public field",
                "{name} looks like an identity or mobile number.",
                "Use a reference of the market's own."
            )
        ),
        new(
            "encoding-invalid",
            422,
            new("编码错误", "该行含有不能按 {encoding} 解码的字节。", "以正确的编码另存文件。"),
            new("Wrong encoding", "The row has bytes that are not {encoding}.", "Save the file in the right encoding.")
        ),
        new(
            "field-count",
            422,
            new("列数不符", "有 {found} 列，表头为 {expected} 列。", "检查引号与分隔符。"),
            new(
                "Wrong number of fields",
                "The row has {found} fields, the header {expected}.",
                "Check quotes and delimiters."
            )
        ),
        new(
            "field-too-large",
            422,
            new("单元格过大", "有一格超过 {longest} 个字符。", "检查是否缺少引号。"),
            new("Field too large", "A field is longer than {longest} characters.", "Look for a missing quote.")
        ),
        new(
            "csv-misquoted",
            422,
            new("引号错误", "引号闭合之后还有文字，或引号没有闭合。", "单元格内的引号写成两个。"),
            new(
                "Wrong quotes",
                "There is text after a closing quote, or a quote that is never closed.",
                "Write a quote inside a cell twice."
            )
        ),
        new(
            "json-malformed",
            422,
            new("不是 JSON 对象", "{reason}", "每行写一个扁平的 JSON 对象。"),
            new("Not a JSON object", "{reason}", "Write one flat JSON object a line.")
        ),
        new(
            "formula-cell",
            422,
            new("公式单元格", "该行有公式单元格。", "改为值后再导入。"),
            new("Formula cell", "The row has a cell with a formula.", "Replace formulas by their values.")
        ),
        new(
            "event-unknown",
            422,
            new("未知事件", "没有事件 “{value}”。", "使用事件目录中的名称（不带版本）。"),
            new(
                "Unknown event",
                "There is no event “{value}”.",
                "Use a name of the event catalogue, without its version."
            )
        ),
        new(
            "unavailable",
            503,
            new("暂不可用", "数据库暂时无法使用；未记录任何内容。", "稍后以同一个键重试。"),
            new(
                "Not available now",
                "The database is not available now; nothing was recorded.",
                "Try again with the same key."
            )
        ),
        new(
            "outcome-unknown",
            503,
            new("结果未知", "连接在提交时中断，可能已记录，至多一次。", "以同一个键重发同一请求即可确定。"),
            new(
                "Outcome unknown",
                "The connection broke during the commit; it may be recorded, at most once.",
                "The same request with the same key settles it."
            )
        ),
        new(
            "overloaded",
            503,
            new("请求过多", "等待写入的请求已排满。", "按 Retry-After 稍后以同一个键重试。"),
            new(
                "Overloaded",
                "The queue of commands is full.",
                "Try again with the same key after the time of Retry-After."
            )
        ),
        new(
            "ledger-read-only",
            503,
            new("账本只读", "日志与其见证人不一致，暂停写入与签名。", "运营者须先按运行手册修复日志。"),
            new(
                "The ledger is read-only",
                "The log does not agree with its witness: nothing is written or signed.",
                "The operator must mend the log first (runbook)."
            )
        ),
        new(
            "event-too-long",
            413,
            new("事件过长", "此事件及其签名共 {bytes} 字节，日志条目上限为 {most}。", "缩短文字或减少列表项后重发。"),
            new(
                "The event is too long",
                "The event with its signatures takes {bytes} bytes; an entry of the log has {most} at most.",
                "Send it again with shorter texts or fewer list entries."
            )
        ),
        new(
            "subject-is-erased",
            409,
            new("当事人已被删除", "命令涉及的当事人数据已被删除。", "以新的引用重新登记该当事人。"),
            new(
                "The subject was erased",
                "A party that the command names has been erased.",
                "Use a new reference for the party."
            )
        ),
        new(
            "bundle-not-ready",
            409,
            new(
                "证明包尚不可用",
                "尚无覆盖此物品的、经见证的检查点与链头映射。",
                "服务运行时约五分钟内生成；届时重试。"
            ),
            new(
                "The bundle is not ready",
                "No witnessed checkpoint and head map cover this item yet.",
                "A running service makes them within about five minutes: try again then."
            )
        ),
        new(
            "view-behind",
            503,
            new("视图滞后", "视图五秒内未及于第 {leafIndex} 条记录。", "稍后重试，或不带 atLeast 查询。"),
            new(
                "The view is behind",
                "Within five seconds the view has not seen leaf {leafIndex}.",
                "Try again later, or ask without atLeast."
            )
        ),
        new(
            "too-contended",
            503,
            new("并发过多", "其他写入者不断改变此物品。", "稍后以同一个键重试。"),
            new("Too much contention", "Other writers keep changing this item.", "Try again with the same key.")
        ),
        new(
            "actor-malformed",
            400,
            new("操作者信息错误", "{name}：{reason}", "更正请求头。"),
            new("Malformed actor", "{name}: {reason}", "Correct the header.")
        ),
        new(
            "cursor-malformed",
            400,
            new("游标错误", "游标不是本服务给出的。", "从第一页开始。"),
            new("Malformed cursor", "The cursor is not one of ours.", "Start at the first page.")
        ),
        new(
            "query-malformed",
            400,
            new("查询参数错误", "{name} 的值 “{value}” 应为 {expected}。", "更正查询参数。"),
            new("Malformed query", "{name} is “{value}”; expected is {expected}.", "Correct the query.")
        ),
        new(
            "not-acceptable",
            406,
            new("没有这种格式", "可提供：{available}。", "更改 Accept。"),
            new("No such representation", "Available are {available}.", "Change Accept.")
        ),
        new(
            "unsupported-media-type",
            415,
            new("内容类型错误", "命令须为 application/json。", "设置 Content-Type: application/json。"),
            new("Unsupported media type", "A command is application/json.", "Set Content-Type: application/json.")
        ),
        new(
            "body-too-large",
            413,
            new("内容过大", "请求内容最多 1 MB。", "缩小内容，或改用文件导入。"),
            new("Body too large", "A body has at most 1 MB.", "Send less, or import a file.")
        ),
        new(
            "method-not-allowed",
            405,
            new("方法不允许", "此地址不接受该方法。", "见接口文档 /docs。"),
            new("Method not allowed", "This address does not take that method.", "See /docs.")
        ),
        new(
            "internal-error",
            500,
            new("内部错误", "发生了意外错误，已记录。", "以追踪号联系运营者。"),
            new(
                "Internal error",
                "Something unexpected happened; it was logged.",
                "Contact the operator with the trace id."
            )
        ),
    ];

    static readonly FrozenDictionary<string, RefusalLine> ByCode = All.ToFrozenDictionary(
        l => l.Code,
        StringComparer.Ordinal
    );

    public static RefusalLine? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The sentences of a refusal, filled in.</summary>
    public static RefusalText Say(Refusal refusal, bool chinese)
    {
        var line = ByCode[refusal.Code];
        var text = chinese ? line.Zh : line.En;
        return new(text.Title, Fill(text.Detail, refusal), Fill(text.NextStep, refusal));
    }

    static string Fill(string template, Refusal refusal)
    {
        foreach (var (name, value) in refusal.With)
            template = template.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return template.Replace("{state}", refusal.CurrentState ?? "–", StringComparison.Ordinal);
    }
}
