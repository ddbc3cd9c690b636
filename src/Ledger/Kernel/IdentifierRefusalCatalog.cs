using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of identifiers, categories, places and codes.</summary>
static class IdentifierRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
            "market-not-found",
            404,
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
    ];
}
