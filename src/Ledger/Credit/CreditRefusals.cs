using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>Refusals of credit signals.</summary>
static class CreditRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "score-not-allowed",
            422,
            new("不得评分", "“{value}”是评分、排名或评级；账本只共享有来源的事实。", "改为词表中的信用信息种类。"),
            new(
                "No scores",
                "“{value}” is a score, rank or rating; the ledger shares facts with a source only.",
                "Use a kind of the vocabulary."
            )
        ),
        new(
            "kind-not-in-vocabulary",
            422,
            new("词表中没有该种类", "“{value}”不在词表中：{known}。", "选用词表中的种类。"),
            new("Not in the vocabulary", "“{value}” is none of: {known}.", "Use a kind of the vocabulary.")
        ),
        new(
            "basis-missing",
            422,
            new("缺少法律依据", "未写明法律依据。", "写明法律、条款。"),
            new("The legal basis is missing", "No legal basis is given.", "Name the law and its article.")
        ),
        new(
            "value-not-allowed",
            422,
            new("此处不得填写", "种类 {kind} 没有 {name}。", "去掉该栏目。"),
            new("It has no place here", "{kind} has no {name}.", "Leave it out.")
        ),
        new(
            "prior-notice-missing",
            409,
            new("未事先告知本人", "共享不良信息之前须告知本人。", "先告知，再以同一编号共享。"),
            new(
                "The person was not told",
                "An adverse signal is shared only after its subject was told.",
                "Tell the subject first, then share it under the notice's id."
            )
        ),
        new(
            "banned-data-class",
            422,
            new("禁止采集的信息", "含有禁止采集的信息：{found}。", "去掉这些信息。"),
            new("Banned data", "It carries data that may not be collected: {found}.", "Leave it out.")
        ),
        new(
            "display-too-long",
            422,
            new("展示期过长", "到期日 {expiresOn}，最迟为 {last}。", "改为不晚于该日。"),
            new("Shown too long", "It would end {expiresOn}; {last} is the last day allowed.", "End it by then.")
        ),
        new(
            "publicity-period-running",
            409,
            new("最短公示期未满", "等级 {tier} 的最短公示期至 {last}，{day} 尚未届满。", "届满次日起申请修复。"),
            new(
                "The least publicity is running",
                "For {tier} it runs until {last}; on {day} it is not over.",
                "Repair it from the day after."
            )
        ),
        new(
            "signal-not-found",
            404,
            new("没有这条信用信息", "该主体没有信用信息 {value}。", "核对编号。"),
            new("No such signal", "The party has no signal {value}.", "Check its id.")
        ),
        new(
            "notice-used",
            409,
            new("告知编号已使用", "该告知编号已用于另一条信号。", "为这条信号另行告知，填写新的编号。"),
            new(
                "The notice was used",
                "Another signal was shared under this notice.",
                "Notify the subject of this one too, and give that notice's id."
            )
        ),
        new(
            "not-the-subject",
            409,
            new("不是本人", "只有信息主体本人可以办理。", "由本人办理。"),
            new("Not the subject", "Only whom it is about may do this.", "Let the subject do it.")
        ),
        new(
            "not-the-source",
            409,
            new("不是提供者", "只有提供该信息的一方可以办理。", "由提供者办理。"),
            new("Not the source", "Only who shared it may do this.", "Let the source do it.")
        ),
        new(
            "already-open",
            409,
            new("异议处理中", "已有一项异议正在处理。", "等待答复。"),
            new("An objection is open", "It is objected to already.", "Wait for the answer.")
        ),
        new(
            "purpose-not-in-list",
            422,
            new("目的不在名单中", "“{value}”不在名单中：{known}。", "选用名单中的目的。"),
            new("The purpose is not in the list", "“{value}” is none of: {known}.", "Use one of them.")
        ),
        new(
            "separate-consent-needed",
            422,
            new("须单独同意", "同意不得与其他条款捆绑。", "单独取得同意。"),
            new("A consent of its own", "A consent bundled with other terms is none.", "Obtain it separately.")
        ),
        new(
            "consent-not-found",
            404,
            new("没有这项同意", "该主体没有同意 {value}。", "核对编号。"),
            new("No such consent", "The party has no consent {value}.", "Check its id.")
        ),
        new(
            "purpose-missing",
            422,
            new("缺少查询目的", "查询须写明目的。", "以 purpose 写明目的。"),
            new("The purpose is missing", "A reading names its purpose.", "Name it as purpose.")
        ),
    ];
}
