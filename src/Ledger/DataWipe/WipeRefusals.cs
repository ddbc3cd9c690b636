using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>Refusals of media, wipes and incidents.</summary>
static class WipeRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
        new(
            "scope-empty",
            422,
            new("未说明范围", "须说明工具、操作人或地点。", "填写 tool、operator 或 site。"),
            new(
                "The scope is empty",
                "An incident names a tool, an operator or a site.",
                "Fill in tool, operator or site."
            )
        ),
        new(
            "incident-not-found",
            404,
            new("没有这个事件通报", "账本中没有事件通报 {value}。", "核对通报编号。"),
            new("No such incident", "The ledger does not know the incident {value}.", "Check the id.")
        ),
        new(
            "tool-under-incident",
            409,
            new(
                "工具涉及未结案的事件通报",
                "工具 {tool} 涉及未结案的事件通报 {incident}。",
                "换用其他工具，或待该通报结案。"
            ),
            new(
                "The tool is under an incident",
                "{tool} is under the open incident {incident}.",
                "Use another tool, or wait until the incident is closed."
            )
        ),
        new(
            "report-reused",
            409,
            new("清除报告重复使用", "该清除报告已用于另一次清除。", "附上本次清除的报告。"),
            new(
                "The report was used before",
                "The report was used for another run of a tool.",
                "Attach the report of this run."
            )
        ),
        new(
            "not-in-scope",
            409,
            new("不属于该事件通报", "清除记录 {value} 不是由该事件通报暂停的。", "核对通报编号。"),
            new(
                "Not in its scope",
                "The attestation {value} was not suspended by this incident.",
                "Check the incident's id."
            )
        ),
        new(
            "media-already-declared",
            409,
            new("存储介质已申报", "存储介质已申报。", "如有错误，请更正原申报。"),
            new(
                "The media are declared",
                "The item's media were declared before.",
                "Correct that declaration where it is wrong."
            )
        ),
        new(
            "media-none-needs-reason",
            422,
            new("无介质须说明理由", "未列出存储介质时须说明为何没有。", "列出介质，或填写 noneBecause。"),
            new(
                "No media: say why",
                "Where no medium is listed the reason must be given.",
                "List the media, or fill in noneBecause."
            )
        ),
        new(
            "medium-twice",
            422,
            new("介质编号重复", "编号 {value} 出现两次。", "每个介质使用不同的编号。"),
            new("A medium stands twice", "The number {value} stands twice.", "Give each medium a number of its own.")
        ),
        new(
            "medium-bound-elsewhere",
            409,
            new("介质已属于其他物品", "介质 {value} 登记在另一件物品下。", "先在该物品上登记拆除。"),
            new(
                "The medium is in another item",
                "The medium {value} is declared in another item.",
                "Record its removal there first."
            )
        ),
        new(
            "medium-not-found",
            404,
            new("没有这个介质", "此物品没有编号为 {value} 的介质。", "先申报存储介质。"),
            new("No such medium", "The item has no medium {value}.", "Declare its media first.")
        ),
        new(
            "not-the-owner",
            409,
            new("同意人不是所有人", "同意清除的人不是此物品的所有人。", "由所有人同意。"),
            new("Not the owner", "Whoever agrees does not own the item.", "Have its owner agree.")
        ),
        new(
            "consent-missing",
            422,
            new("缺少同意", "没有适用于本次办理的本人同意。", "先取得本人同意，再办理。"),
            new(
                "Consent is missing",
                "No consent of the person covers this act.",
                "Obtain the consent first, then do it again."
            )
        ),
        new(
            "level-not-supported-by-evidence",
            422,
            new("等级与证据不符", "声明等级 {claimed}，证据只支持 {derived}。", "按证据填报，或补充证据。"),
            new(
                "The evidence does not carry the level",
                "Claimed is {claimed}; the evidence carries {derived}.",
                "Claim what the evidence carries, or bring more."
            )
        ),
        new(
            "wipe-carries-nothing",
            422,
            new(
                "证据不支持任何清除等级",
                "缺少或不符合的证据：{missing}。",
                "补齐这些证据后重新清除并登记，再核验；或者登记核验不通过（accepted 为 false）。"
            ),
            new(
                "The evidence carries no level",
                "Missing or not in order: {missing}.",
                "Wipe again, attest it with that evidence, and verify it; or record that the check failed (accepted: false)."
            )
        ),
        new(
            "technique-not-for-medium",
            422,
            new("方法不适用于该介质", "方法 {technique} 不适用于介质 {medium}。", "选用适用的清除方法。"),
            new(
                "The technique is not for this medium",
                "{technique} is not made for {medium}.",
                "Use a technique that is."
            )
        ),
        new(
            "duration-not-plausible",
            422,
            new("清除用时不合理", "用时 {durationMs} 毫秒，短于接口所允许的下限。", "核对起止时间与字节数。"),
            new(
                "The duration is not plausible",
                "{durationMs} ms is less than its interface allows.",
                "Check the times and the number of bytes."
            )
        ),
        new(
            "medium-already-attested",
            409,
            new("已有有效清除记录", "该介质在本次收件中已有有效的清除记录。", "等待验证，或以新的收件重新清除。"),
            new(
                "Attested already",
                "The medium has a live attestation for this intake.",
                "Wait for its check, or wipe it for a new intake."
            )
        ),
        new(
            "attestation-not-found",
            404,
            new("没有这条清除记录", "此物品没有清除记录 {value}。", "核对编号。"),
            new("No such attestation", "The item has no attestation {value}.", "Check the id.")
        ),
        new(
            "verifier-is-operator",
            422,
            new("验证人即操作人", "验证必须由操作人以外的人进行。", "换人验证。"),
            new(
                "The verifier is the operator",
                "Somebody other than the operator must verify.",
                "Let somebody else verify."
            )
        ),
        new(
            "same-tool",
            422,
            new("验证工具与清除工具相同", "验证须使用不同的工具或版本。", "换用其他工具验证。"),
            new("The same tool", "The check needs another tool than the wipe.", "Verify with another tool.")
        ),
        new(
            "sample-too-small",
            422,
            new("抽检块数不足", "抽检 {sampledBlocks} 块，至少应为 {least} 块。", "增加抽检块数。"),
            new(
                "The sample is too small",
                "{sampledBlocks} blocks were read; at least {least} are needed.",
                "Read more blocks."
            )
        ),
        new(
            "residue-found",
            422,
            new("发现残留数据", "抽检发现 {residues} 块残留，不能验证通过。", "记录为未通过并重新清除。"),
            new(
                "Residues were found",
                "{residues} blocks still hold something: it cannot pass.",
                "Record the failure and wipe again."
            )
        ),
        new(
            "custody-missing",
            422,
            new("未说明去向", "拆除的介质须说明由谁保管。", "填写 custodyTo。"),
            new("Nobody keeps it", "Say who keeps the medium that was removed.", "Fill in custodyTo.")
        ),
        new(
            "technique-not-accepted",
            422,
            new("销毁方法不被接受", "该销毁方法不被接受，或缺少照片与重量。", "补充证据或改用被接受的方法。"),
            new(
                "The destruction is not accepted",
                "The technique is not accepted, or photos and weight are missing.",
                "Bring the evidence, or use an accepted technique."
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
    ];
}
