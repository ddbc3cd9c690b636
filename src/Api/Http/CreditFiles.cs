using Ledger.Credit;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>Credit sharing: signals with a legal basis, an expiry and a right to object; who looked.</summary>
static class CreditFiles
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var party = api.MapGroup("/parties/{ref}").WithTags("Credit");
        party
            .MapAct<CreditNoticeBody>("/credit-notices", Notify)
            .Says("Tell the subject of a signal before it is shared", Examples.CreditNotice, "kind-not-in-vocabulary");
        party
            .MapAct<CreditSignalBody>("/credit-signals", Share)
            .Says(
                "Share a credit signal",
                Examples.CreditSignal,
                "score-not-allowed",
                "kind-not-in-vocabulary",
                "basis-missing",
                "consent-missing",
                "prior-notice-missing",
                "banned-data-class",
                "display-too-long"
            );
        party
            .MapAct<CreditTextBody>(
                "/credit-signals/{signalId}/statements",
                (i, node) => Told(i, node, typeof(CreditStatementRecorded), CreditDecider.State)
            )
            .Says("Record the subject's statement", Examples.CreditText, "not-the-subject", "signal-unknown");
        party
            .MapAct<CreditTextBody>(
                "/credit-signals/{signalId}/objections",
                (i, node) => Told(i, node, typeof(ObjectionFiled), CreditDecider.Object)
            )
            .Says("Object to a signal", Examples.CreditText, "not-the-subject", "already-open", "signal-unknown");
        party
            .MapAct<ObjectionAnswerBody>(
                "/credit-signals/{signalId}/objection-answers",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.OccurredAt,
                        new ObjectionResolved(
                            i.PathId("signalId"),
                            i.Fields.Word<ObjectionOutcome>(i.Body.Outcome, "outcome"),
                            i.Fields.Text(i.Body.Reason, "reason", 500)
                        ),
                        CreditDecider.Resolve
                    )
            )
            .Says("Answer an objection", Examples.ObjectionAnswer, "not-the-source", "wrong-state", "signal-unknown");
        party
            .MapAct<CreditRepairBody>(
                "/credit-signals/{signalId}/repairs",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.OccurredAt,
                        new CreditRepaired(i.PathId("signalId"), i.Fields.Needed(i.Body.Basis, "basis", 500)),
                        CreditDecider.Repair
                    )
            )
            .Says("Repair a signal", Examples.CreditRepair, "publicity-period-running", "signal-unknown");
        party
            .MapAct<ReasonBody>(
                "/credit-signals/{signalId}/withdrawals",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.OccurredAt,
                        new CreditSignalWithdrawn(i.PathId("signalId"), i.Fields.Needed(i.Body.Reason, "reason", 500)),
                        CreditDecider.Withdraw
                    )
            )
            .Says("Withdraw a signal", Examples.Reason, "not-the-source", "signal-unknown");
        party
            .MapAct<ConsentGivenBody>("/consents", Consent)
            .Says("Record a consent", Examples.Consent, "purpose-not-in-list", "separate-consent-needed");
        party
            .MapAct<ConsentEndBody>(
                "/consents/{consentId}/withdrawals",
                (i, node) =>
                    Of(
                        i,
                        node,
                        i.Body.OccurredAt,
                        new ConsentWithdrawn(i.PathId("consentId")),
                        (e, file, _) => CreditDecider.Withdraw(e, file)
                    )
            )
            .Says("Withdraw a consent", Examples.Completion, "consent-unknown");
    }

    static Act Notify(Incoming<CreditNoticeBody> i, LedgerNode node)
    {
        var id = i.NewId("signal");
        var told = new CreditSignalNotified(id, i.Body.Kind, i.Fields.Needed(i.Body.Channel, "channel", 60));
        if (SignalKinds.Find(i.Body.Kind) is null)
            i.Fields.Add(
                Refusal
                    .Of(
                        "kind-not-in-vocabulary",
                        ("value", Bounds.Short(i.Body.Kind)),
                        ("known", string.Join(", ", SignalKinds.All.Select(k => k.Code)))
                    )
                    .At("kind")
            );
        return Of(i, node, i.Body.OccurredAt, told, (e, _, _) => Decision.Record(e)) with { Id = $"{id}" };
    }

    static Act Share(Incoming<CreditSignalBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var id = b.NoticeId is null ? i.NewId("signal") : f.Id(b.NoticeId, "noticeId");
        var party = PartyPath.Of(i.Http, f);
        var shared = new CreditSignalShared(
            id,
            f.Party(party, "ref"),
            f.Word<SubjectKind>(b.SubjectKind, "subjectKind"),
            f.Text(b.Kind, "kind", 60),
            f.Needed(b.SourceAuthority, "sourceAuthority"),
            f.Needed(b.SourceDoc, "sourceDoc"),
            f.Text(b.LegalBasis.Length == 0 ? null : b.LegalBasis, "legalBasis"),
            f.Day(b.ActEndedOn, "actEndedOn"),
            f.Day(b.ExpiresOn, "expiresOn"),
            b.Tier is null ? null : f.Word<SignalTier>(b.Tier, "tier")
        );
        var terms = new SharingTerms(b.IsPerson, f.Texts(b.DataClasses, "dataClasses") ?? []);
        return Of(i, node, b.OccurredAt, shared, (e, file, s) => CreditDecider.Share(e, terms, file, s)) with
        {
            Id = $"{id}",
        };
    }

    static Act Consent(Incoming<ConsentGivenBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var given = new ConsentGiven(
            i.NewId("consent"),
            f.Needed(b.Purpose, "purpose"),
            f.Texts(b.Recipients, "recipients"),
            f.Day(b.Until, "until"),
            f.Text(b.TextHash, "textHash")
        );
        return Of(
            i,
            node,
            b.OccurredAt,
            given,
            (e, file, s) => CreditDecider.Consent(e, b.Separately, s.Actor == PartyPath.Of(i.Http, f), file)
        ) with
        {
            Id = $"{given.ConsentId}",
        };
    }

    /// <summary>The subject's own words: told to the vault, with the event of that type.</summary>
    static Act Told(
        Incoming<CreditTextBody> i,
        LedgerNode node,
        Type with,
        Func<Guid, bool, CreditFile, Situation, Decision> decide
    )
    {
        var text = i.Fields.Needed(i.Body.Text, "text", 2_000);
        var id = i.PathId("signalId");
        var party = PartyPath.Of(i.Http, i.Fields);
        return Of(
            i,
            node,
            i.Body.OccurredAt,
            id,
            (signal, file, s) => decide(signal, i.By.Actor == party, file, s)
        ) with
        {
            Secrets = [new("text", text, with)],
        };
    }

    static Act Of<T, TE>(
        Incoming<T> i,
        LedgerNode node,
        string? at,
        TE e,
        Func<TE, CreditFile, Situation, Decision> decide
    )
        where T : class
    {
        var party = PartyPath.Of(i.Http, i.Fields);
        return new(
            $"/api/v1/parties/{Uri.EscapeDataString(party)}/credit-signals",
            i.Http.Request.RouteValues["signalId"]?.ToString() ?? party,
            (order, stop) => node.Credit.RecordAsync(party, order, (file, s) => decide(e, file, s), stop)
        )
        {
            OccurredAt = at,
        };
    }
}
