using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>Files, approves, suspends, reinstates and removes exporters (公告2024年第6号). A batch names its exporter's
/// version among what it rests on, so a suspension takes effect at once.</summary>
public static class ExporterDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<ExporterCommand, Exporter?>(
            ExportStreams.Exporter,
            (c, s) => ExporterCommand.StreamOf(c.Code, s.Ids),
            Exporter.Fold,
            (_, _) => [],
            (c, _, exporter, s) => Decide(c, exporter, s)
        );

    public static Decision Decide(ExporterCommand c, Exporter? exporter, Situation s) =>
        (c, exporter?.State) switch
        {
            _ when !Uscc.HasShape(c.Code) => Decision.Refuse(
                Refusal.Of("uscc-malformed", ("value", Bounds.Short(c.Code))).At("code")
            ),
            _ when ExportRelations.Refuses(c.Code, s.By) is { } foreign => Decision.Refuse(foreign),
            (FileExporter f, null or ExporterState.Removed) => Decision.Record(Filing(f)),
            // As long as nobody has approved it, it files again what it has put right.
            (FileExporter f, ExporterState.Filed) when !SaysTheSame(exporter!.Filed, Filing(f)) => Decision.Record(
                Filing(f)
            ),
            (FileExporter, _) => Decision.Refuse(Refusal.Of("exporter-exists", ("value", c.Code)).At("code")),
            (_, null) => Decision.Refuse(Refusal.Of("exporter-not-found", ("value", c.Code))),
            (ApproveExporter a, ExporterState.Filed or ExporterState.Approved) => Approve(
                new(a.IssuingBody, a.ValidTo, a.OnIntegrityList),
                exporter!.Filed,
                s
            ),
            (SuspendExporter x, ExporterState.Approved) => Decision.Record(new ExporterSuspended(x.Reason, x.Basis)),
            (SuspendExporter, ExporterState.Suspended) => Decision.Record(),
            (ReinstateExporter x, ExporterState.Suspended) => Decision.Record(
                new ExporterReinstated(x.Reason, x.Basis)
            ),
            (ReinstateExporter, ExporterState.Approved) => Decision.Record(),
            (RemoveExporter x, not ExporterState.Removed) => Decision.Record(new ExporterRemoved(x.Reason, x.Basis)),
            (_, { } state) => Decision.Refuse(new Refusal("wrong-state") { CurrentState = WireWords.Of(state) }),
        };

    static bool SaysTheSame(ExporterFiled one, ExporterFiled other) =>
        one with { Documents = other.Documents } == other && (one.Documents ?? []).SequenceEqual(other.Documents ?? []);

    static ExporterFiled Filing(FileExporter f) =>
        new(f.Code, f.Name, f.ConditionsVersion, f.FixedOffice, f.DisplaySite, f.TradeExperience, f.Documents);

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
        return Decision
            .Record(e)
            .WithVerdicts(s.Rules.Judge(Trigger.ApproveExporter, "", s.Jurisdiction, s.LawDay, facts));
    }

    static string Said(bool? met) =>
        met switch
        {
            true => "yes",
            false => "no",
            _ => "–",
        };
}
