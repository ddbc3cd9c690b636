using Api.Hosting;
using Ledger.Credit;
using Ledger.Parties;

namespace Api;

/// <summary>Credit sharing: signals with a legal basis, an expiry and a right to object; who looked.</summary>
static class CreditFiles
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var party = api.MapGroup("/parties/{ref}").WithTags("Credit");
        party
            .MapCommand<CreditNoticeBody>("/credit-notices", Notify)
            .Describe<NotifyOfSignal>(
                "Tell the subject of a signal before it is shared",
                Examples.CreditNotice,
                "kind-not-in-vocabulary"
            );
        party
            .MapCommand<CreditSignalBody>("/credit-signals", Share)
            .Describe<ShareSignal>(
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
            .MapCommand<CreditTextBody>(
                "/credit-signals/{signalId}/statements",
                i => Said(i, (file, signal, text) => new StateOnSignal(file, signal, text))
            )
            .Describe<StateOnSignal>(
                "Record the subject's statement",
                Examples.CreditText,
                "not-the-subject",
                "signal-not-found"
            );
        party
            .MapCommand<CreditTextBody>(
                "/credit-signals/{signalId}/objections",
                i => Said(i, (file, signal, text) => new ObjectToSignal(file, signal, text))
            )
            .Describe<ObjectToSignal>(
                "Object to a signal",
                Examples.CreditText,
                "not-the-subject",
                "already-open",
                "signal-not-found"
            );
        party
            .MapCommand<ObjectionAnswerBody>(
                "/credit-signals/{signalId}/objection-answers",
                i =>
                    OfSignal(
                        i,
                        i.Body.OccurredAt,
                        (file, signal) =>
                            new AnswerObjection(
                                file,
                                signal,
                                i.Fields.Word<ObjectionOutcome>(i.Body.Outcome, "outcome"),
                                i.Fields.Text(i.Body.Reason, "reason", 500)
                            )
                    )
            )
            .Describe<AnswerObjection>(
                "Answer an objection",
                Examples.ObjectionAnswer,
                "not-the-source",
                "wrong-state",
                "signal-not-found"
            );
        party
            .MapCommand<CreditRepairBody>(
                "/credit-signals/{signalId}/repairs",
                i =>
                    OfSignal(
                        i,
                        i.Body.OccurredAt,
                        (file, signal) => new RepairSignal(file, signal, i.Fields.Needed(i.Body.Basis, "basis", 500))
                    )
            )
            .Describe<RepairSignal>(
                "Repair a signal",
                Examples.CreditRepair,
                "publicity-period-running",
                "signal-not-found"
            );
        party
            .MapCommand<ReasonBody>(
                "/credit-signals/{signalId}/withdrawals",
                i =>
                    OfSignal(
                        i,
                        i.Body.OccurredAt,
                        (file, signal) =>
                            new WithdrawSignal(file, signal, i.Fields.Needed(i.Body.Reason, "reason", 500))
                    )
            )
            .Describe<WithdrawSignal>("Withdraw a signal", Examples.Reason, "not-the-source", "signal-not-found");
        party
            .MapCommand<ConsentGivenBody>("/consents", Consent)
            .Describe<GiveConsent>(
                "Record a consent",
                Examples.Consent,
                "purpose-not-in-list",
                "separate-consent-needed"
            );
        party
            .MapCommand<ConsentEndBody>(
                "/consents/{consentId}/withdrawals",
                i => Of(i, i.Body.OccurredAt, null, file => new WithdrawConsent(file, i.PathId("consentId")))
            )
            .Describe<WithdrawConsent>("Withdraw a consent", Examples.Completion, "consent-not-found");
    }

    static Plan Notify(Incoming<CreditNoticeBody> i)
    {
        var id = i.NewId("signal");
        var channel = i.Fields.Needed(i.Body.Channel, "channel", 60);
        return Of(i, i.Body.OccurredAt, id, file => new NotifyOfSignal(file, id, i.Body.Kind, channel));
    }

    static Plan Share(Incoming<CreditSignalBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var id = b.NoticeId is null ? i.NewId("signal") : f.Id(b.NoticeId, "noticeId");
        var party = PartyPath.Of(i.Http, f);
        return Of(
            i,
            b.OccurredAt,
            id,
            file => new ShareSignal(
                file,
                id,
                f.Party(party, "ref"),
                f.Word<SubjectKind>(b.SubjectKind, "subjectKind"),
                f.Text(b.Kind, "kind", 60),
                f.Needed(b.SourceAuthority, "sourceAuthority"),
                f.NeededHash(b.SourceDoc, "sourceDoc"),
                f.Text(b.LegalBasis.Length == 0 ? null : b.LegalBasis, "legalBasis"),
                f.Day(b.ActEndedOn, "actEndedOn"),
                f.Day(b.ExpiresOn, "expiresOn"),
                b.Tier is null ? null : f.Word<SignalTier>(b.Tier, "tier"),
                b.IsPerson,
                f.Texts(b.DataClasses, "dataClasses") ?? []
            )
        );
    }

    static Plan Consent(Incoming<ConsentGivenBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var id = i.NewId("consent");
        return Of(
            i,
            b.OccurredAt,
            id,
            file => new GiveConsent(
                file,
                id,
                f.Needed(b.Purpose, "purpose"),
                f.Texts(b.Recipients, "recipients"),
                f.Day(b.Until, "until"),
                f.Hash(b.TextHash, "textHash"),
                b.Separately
            )
        );
    }

    /// <summary>The subject's own words.</summary>
    static Plan Said(Incoming<CreditTextBody> i, Func<Guid, Guid, string, CreditCommand> command)
    {
        var text = i.Fields.Needed(i.Body.Text, "text", 2_000);
        return OfSignal(i, i.Body.OccurredAt, (file, signal) => command(file, signal, text));
    }

    static Plan OfSignal<T>(Incoming<T> i, string? at, Func<Guid, Guid, CreditCommand> command)
        where T : class
    {
        var signal = i.PathId("signalId");
        return Of(i, at, signal, file => command(file, signal));
    }

    /// <param name="about">What the answer names; null: the party.</param>
    static Plan Of<T>(Incoming<T> i, string? at, Guid? about, Func<Guid, CreditCommand> command)
        where T : class
    {
        var party = PartyPath.Of(i.Http, i.Fields);
        return Plan.At(
            $"/api/v1/parties/{Uri.EscapeDataString(party)}",
            about?.ToString() ?? party,
            command(PartyCommand.StreamOf(party, i.Handles))
        ) with
        {
            OccurredAt = at,
        };
    }
}
