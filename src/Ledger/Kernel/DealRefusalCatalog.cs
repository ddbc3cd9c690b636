using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Refusals of invoices and holders, and of corrections.</summary>
static class DealRefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
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
    ];
}
