using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>Refusals of export batches and exporters.</summary>
static class ExportRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "exporter-not-found",
            404,
            new("没有这家出口企业", "账本中没有出口企业 {value}。", "先办理备案。"),
            new("No such exporter", "The ledger does not know the exporter {value}.", "File it first.")
        ),
        new(
            "exporter-exists",
            409,
            new("出口企业已备案", "{value} 已备案。", "无需再次备案。"),
            new("The exporter has filed already", "{value} is on file.", "It need not file again.")
        ),
        new(
            "exporter-not-owner",
            409,
            new(
                "车辆不属于该企业",
                "车辆登记的所有人不是该出口企业。",
                "先转移登记给该企业；所有人是市场代称的，先确认该代称属于该企业。"
            ),
            new(
                "The exporter does not own the vehicle",
                "The vehicle's recorded owner is another party than the exporter.",
                "Transfer it to the exporter first; where the owner is a market's word for the exporter, have the word "
                    + "confirmed as its name."
            )
        ),
        new(
            "not-the-exporter",
            403,
            new("不是本企业的出口业务", "出口企业只能办理自己的备案、批次和货物。", "由该出口企业以自己的代码办理。"),
            new(
                "Another exporter's affair",
                "An exporter acts for its own filing, batches and goods only.",
                "Let that exporter act, under its own code."
            )
        ),
        new(
            "own-affair",
            403,
            new("不得办理与自己有关的事项", "监管部门不得对自己作出决定。", "由另一监管部门办理。"),
            new("One's own affair", "No regulator decides on itself.", "Let another regulator do it.")
        ),
        new(
            "conditions-not-met",
            422,
            new(
                "不符合出口条件",
                "固定办公场所：{fixedOffice}；展示场地：{displaySite}；经营经验：{tradeExperience}。",
                "补齐条件后重新备案。"
            ),
            new(
                "The conditions are not met",
                "Fixed office: {fixedOffice}; display site: {displaySite}; experience: {tradeExperience}.",
                "File again once all three are met."
            )
        ),
        new(
            "exporter-not-approved",
            409,
            new("出口企业未获核准", "该企业当日未获核准或已暂停。", "由发证机构核准后再办理。"),
            new(
                "The exporter is not approved",
                "On that day the exporter is not approved, or is suspended.",
                "Let its issuing body approve it first."
            )
        ),
        new(
            "on-integrity-list",
            409,
            new("在不诚信行为清单中", "该企业在不诚信行为负面清单中。", "由经办人决定。"),
            new(
                "On the list of dishonest conduct",
                "The exporter is on the list of dishonest conduct.",
                "The officer decides."
            )
        ),
        new(
            "batch-not-found",
            404,
            new("没有这个出口批次", "账本中没有批次 {value}。", "核对批次编号。"),
            new("No such batch", "The ledger does not know the batch {value}.", "Check the batch's id.")
        ),
        new(
            "batch-empty",
            409,
            new("批次中没有物品", "批次 {value} 为空。", "先加入物品再申领。"),
            new("The batch is empty", "There is nothing in batch {value}.", "Add items before you apply.")
        ),
        new(
            "batch-full",
            409,
            new("批次已满", "加入后为 {count} 辆，一次申领最多 {most} 辆。", "另拟一个批次。"),
            new(
                "The batch is full",
                "It would hold {count}; one application takes {most} at most.",
                "Draft another batch."
            )
        ),
        new(
            "hs-code-differs",
            422,
            new("商品编码不一致", "物品编码 {hsCode}，批次编码 {batchHsCode}。", "放入同一编码的批次。"),
            new(
                "Another HS code",
                "The item has {hsCode}, the batch {batchHsCode}.",
                "Put it into a batch of its own code."
            )
        ),
        new(
            "hs-code-unknown",
            422,
            new("商品编码未配置", "编码 {hsCode} 不在配置中。", "核对编码。"),
            new("Unknown HS code", "{hsCode} is not among the configured codes.", "Check the code.")
        ),
        new(
            "item-in-other-batch",
            409,
            new("物品已在出口批次中", "该物品在批次 {batch} 中。", "先从该批次移出。"),
            new("It is in a batch already", "The item is in batch {batch}.", "Remove it from that batch first.")
        ),
        new(
            "not-annotated-for-export",
            409,
            new("尚未办理转让待出口", "登记证书未签注转让待出口。", "先到登记机关办理。"),
            new(
                "Not noted for export",
                "Its registration has no note of the transfer for export.",
                "Have the registration office note it first."
            )
        ),
        new(
            "temp-plate-too-long",
            422,
            new("临时号牌有效期过长", "有效期至 {until}，最迟 {last}。", "有效期不超过60日。"),
            new(
                "The temporary plate runs too long",
                "It runs until {until}; {last} is the last day allowed.",
                "Sixty days at most."
            )
        ),
        new(
            "insurance-shorter",
            422,
            new("保险期限不足", "保险至 {insuranceUntil}，号牌至 {tempPlateUntil}。", "保险须覆盖号牌有效期。"),
            new(
                "The insurance is too short",
                "It ends {insuranceUntil}, the plate {tempPlateUntil}.",
                "The insurance must cover the plate."
            )
        ),
        new(
            "within-one-year-of-scrap",
            422,
            new("距报废不足一年", "报废期限为 {limit}，{day} 起不足一年，不得出口。", "只能办理报废回收。"),
            new(
                "Within a year of scrapping",
                "The scrap limit is {limit}; on {day} a year or less is left: no export.",
                "It can only be scrapped."
            )
        ),
        new(
            "prohibitions-not-checked",
            422,
            new("未确认禁止情形", "其余禁止出口情形未经确认。", "经办人确认后填写。"),
            new(
                "Prohibitions not confirmed",
                "Nobody confirmed that none of the other prohibitions applies.",
                "An officer confirms it."
            )
        ),
        new(
            "needs-after-sale-confirmation",
            422,
            new(
                "缺少售后维修服务确认书",
                "{firstRegistered} 登记，至今 {days} 日，{most} 日内须附确认书。",
                "附上生产企业的确认书。"
            ),
            new(
                "The after-sale confirmation is missing",
                "Registered on {firstRegistered}, {days} days ago; up to {most} days the maker must confirm.",
                "Attach the maker's confirmation."
            )
        ),
        new(
            "destination-differs",
            422,
            new("目的地不一致", "确认书为 {confirmedFor}，批次为 {destination}。", "换成该目的地的确认书。"),
            new(
                "Another destination",
                "The confirmation is for {confirmedFor}, the batch goes to {destination}.",
                "Attach the one for this destination."
            )
        ),
        new(
            "vehicle-not-named",
            422,
            new("确认书未列明该车", "{value} 不是该物品的标识。", "附上列明该车的确认书。"),
            new(
                "It names another vehicle",
                "{value} is no identifier of this item.",
                "Attach the confirmation that names it."
            )
        ),
        new(
            "four-fields-differ",
            422,
            new("四项信息不一致", "与登记证书不一致：{fields}。", "按登记证书填写。"),
            new(
                "Four fields differ",
                "They differ from the registration: {fields}.",
                "Write them as the certificate has them."
            )
        ),
        new(
            "inspection-missing",
            422,
            new("缺少出口前检测", "未附合格的出口前检测（{vehicle}）。", "附上检测报告。"),
            new(
                "No inspection before export",
                "There is no passed inspection before export ({vehicle}).",
                "Attach the report."
            )
        ),
        new(
            "destination-restricted",
            422,
            new("目的地可能限制进口", "目的地 {destination}（来源日期 {sourceDate}，未核实）。", "向目的地核实。"),
            new(
                "The destination may not take it",
                "{destination} (source of {sourceDate}, not verified).",
                "Ask at the destination."
            )
        ),
        new(
            "licence-expired",
            409,
            new("出口许可证已过期", "有效期至 {licenceUntil}，报关日 {on}。", "退回许可证后重新申领。"),
            new(
                "The licence has run out",
                "It was valid until {licenceUntil}; declared on {on}.",
                "Return it and apply again."
            )
        ),
        new(
            "licence-already-used",
            409,
            new("许可证已使用", "许可证 {value} 已报关。", "一批一证，另行申领。"),
            new(
                "The licence is used already",
                "Licence {value} was declared before.",
                "One clearance a licence: apply anew."
            )
        ),
        new(
            "count-differs",
            422,
            new("数量不一致", "报关 {declaredCount}，许可证 {licensedCount}。", "数量须一致，否则重新申领。"),
            new(
                "The counts differ",
                "Declared {declaredCount}, licensed {licensedCount}.",
                "Declare all of them, or apply anew."
            )
        ),
        new(
            "not-declared",
            409,
            new("尚未报关", "该物品所在批次（{batch}）未报关。", "报关后再登记离境。"),
            new(
                "Not declared to customs",
                "The item's batch ({batch}) is not declared.",
                "Declare the batch, then record the departure."
            )
        ),
        new(
            "country-differs",
            422,
            new("登记国不同", "登记于 {country}，申报目的地为 {destination}。", "核对目的地登记。"),
            new(
                "Another country",
                "Registered in {country}, declared for {destination}.",
                "Check the registration abroad."
            )
        ),
    ];
}
