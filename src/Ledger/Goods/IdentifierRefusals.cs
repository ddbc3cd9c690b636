using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Refusals of identifiers and identities.</summary>
static class IdentifierRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "tag-used",
            409,
            new("标签已使用", "标签 {value} 属于另一件物品。", "换一个标签。"),
            new("The tag is used", "The tag {value} is on another item.", "Take another tag.")
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
            "identifier-placeholder",
            422,
            new(
                "占位文字不是编号",
                "“{value}” 是占位文字，不能识别物品或介质。",
                "读取真实编号；没有编号的，改用标签。"
            ),
            new(
                "A placeholder is no number",
                "“{value}” stands where a number should: it names no thing.",
                "Read the real number; where there is none, give the thing a tag."
            )
        ),
        new(
            "identifier-malformed",
            422,
            new("标识格式错误", "“{value}” 不是 类型:值 的形式。", "例如 vin:LSVAM4187C2184847；几个标识分别给出。"),
            new(
                "Malformed identifier",
                "“{value}” is not of the form kind:value.",
                "For example vin:LSVAM4187C2184847; several are given one by one."
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
            "item-exists",
            409,
            new(
                "物品已登记",
                "标识 {value} 已属于账本中的一件物品。",
                "在该物品上继续记录，其余标识在那里补充绑定；确为另一件物品时请提交证据。"
            ),
            new(
                "The item is registered already",
                "An item of the ledger already has the identifier {value}.",
                "Go on with that item and bind further identifiers there; if it truly is another thing, bring evidence."
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
            "identifier-taken-back",
            409,
            new(
                "标识已从该物品更正",
                "标识 {value} 曾误绑于该物品，已经更正；同一标识不能再次绑定。",
                "从该行去掉此标识；确属该物品时请报告市场管理方。"
            ),
            new(
                "The identifier was taken back from this item",
                "{value} was bound to this item by mistake and corrected; an identifier is bound once.",
                "Leave it out of the row; if it is the item's after all, tell the operator."
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
            "identity-conflict",
            422,
            new("身份冲突未处理", "另有物品使用同一标识，未查明前不得出口。", "由登记站或公安机关查明后登记处理结果。"),
            new(
                "Its identity is in conflict",
                "Another thing bears the same identifier; neither is exported before that is known.",
                "Have a station or the police decide, and record it."
            )
        ),
        new(
            "last-identifier",
            409,
            new("唯一的标识", "{value} 是该物品唯一的标识。", "先补充正确的标识，再更正此标识。"),
            new(
                "Its only identifier",
                "{value} is the only identifier of this item.",
                "Bind the right one first, then correct this one."
            )
        ),
        new(
            "identifier-not-held",
            422,
            new("不是该物品的标识", "{value} 不是该物品的标识。", "填写两件物品共有的标识。"),
            new(
                "No identifier of this item",
                "{value} is no identifier of this item.",
                "Name the identifier that both things bear."
            )
        ),
        new(
            "conflict-not-found",
            404,
            new("没有该冲突", "与 {value} 之间没有未处理的身份冲突。", "查看该物品的履历。"),
            new(
                "No such conflict",
                "There is no open conflict of identity with {value}.",
                "Look at the item's history."
            )
        ),
    ];
}
