using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Encumbrances;

/// <summary>No trade of what is encumbered or held.</summary>
static class EncumbranceRules
{
    public static IEnumerable<Rule> All =>
        [
            new(
                "trade-prohibited-encumbered",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "encumbered"
            )
            {
                On = [Trigger.ListItem, Trigger.AgreeDeal, Trigger.Transfer, Trigger.HandOver, Trigger.RecordSale],
                Severity = Severity.Block,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "encumbered")),
                Zh = "抵押或海关监管期间不得交易",
                En = "No trade while a mortgage or customs supervision is running",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("encumbered", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("encumbered", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-under-consent",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "encumbered"
            )
            {
                On = [Trigger.AgreeDeal, Trigger.Transfer, Trigger.HandOver],
                Severity = Severity.Warn,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "underConsent")),
                Zh = "抵押权人已同意本次交易，抵押仍未解除",
                En = "The lender consented to this deal; the lien itself still stands",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("underConsent", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("underConsent", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-prohibited-held",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "held-by-authority"
            )
            {
                On = [Trigger.ListItem, Trigger.AgreeDeal, Trigger.Transfer, Trigger.HandOver, Trigger.RecordSale],
                Severity = Severity.Block,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "held")),
                Zh = "被司法或行政机关查封、扣押期间不得交易",
                En = "No trade while an authority holds the goods",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("held", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("held", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
        ];
}
