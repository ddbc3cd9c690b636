using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>Files, approves, suspends, reinstates and removes exporters (公告2024年第6号). A batch names its exporter's
/// version among what it rests on, so a suspension takes effect at once.</summary>
public static class ExporterDecider
{
    /// <param name="code">Unified social credit code.</param>
    public static Decision Decide(LedgerEvent e, string code, Exporter? exporter, Situation s) =>
        (e, exporter?.State) switch
        {
            _ when Occurrence.Ahead(s.OccurredAt, s.Now) is { } ahead => Decision.Refuse(ahead),
            _ when !Uscc.HasShape(code) => Decision.Refuse(
                Refusal.Of("uscc-malformed", ("value", Bounds.Short(code))).At("code")
            ),
            (ExporterFiled, null or ExporterState.Removed) => Decision.Record(e),
            (ExporterFiled, _) => Decision.Refuse(Refusal.Of("exporter-exists", ("value", code)).At("code")),
            (_, null) => Decision.Refuse(Refusal.Of("exporter-unknown", ("value", code))),
            (ExporterApproved approved, ExporterState.Filed or ExporterState.Approved) => Approve(
                approved,
                exporter!.Filed,
                s
            ),
            (ExporterSuspended, ExporterState.Approved) => Decision.Record(e),
            (ExporterSuspended, ExporterState.Suspended) => Decision.Record(),
            (ExporterReinstated, ExporterState.Suspended) => Decision.Record(e),
            (ExporterReinstated, ExporterState.Approved) => Decision.Record(),
            (ExporterRemoved, not ExporterState.Removed) => Decision.Record(e),
            (_, { } state) => Decision.Refuse(new Refusal("wrong-state") { CurrentState = WireWords.Of(state) }),
        };

    static Decision Approve(ExporterApproved e, ExporterFiled filed, Situation s)
    {
        if (filed is not { FixedOffice: true, DisplaySite: true, TradeExperience: true })
            return Decision.Refuse(
                Refusal.Of(
                    "conditions-not-met",
                    ("fixedOffice", Said(filed.FixedOffice)),
                    ("displaySite", Said(filed.DisplaySite)),
                    ("tradeExperience", Said(filed.TradeExperience))
                )
            );
        if (e.ValidTo < s.LawDay)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-out-of-range",
                        ("name", "validTo"),
                        ("value", e.ValidTo),
                        ("least", s.LawDay),
                        ("most", DateOnly.MaxValue)
                    )
                    .At("validTo")
            );
        var facts = Inputs.None.And("onIntegrityList", e.OnIntegrityList);
        return Decision.Record(e).Judged(s.Rules.Judge(Trigger.ApproveExporter, "", s.Jurisdiction, s.LawDay, facts));
    }

    static string Said(bool? met) =>
        met switch
        {
            true => "yes",
            false => "no",
            _ => "–",
        };
}
