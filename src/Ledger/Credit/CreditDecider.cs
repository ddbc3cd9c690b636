using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Credit;

/// <summary>Shares, objects to, repairs and ends credit signals: a closed vocabulary, each with its legal basis and its
/// clock (征信业管理条例, 国办发〔2025〕22号).</summary>
public static class CreditDecider
{
    /// <summary>Days in which a source answers an objection.</summary>
    const int AnswerDays = 20;

    public static CommandKind Commands { get; } =
        CommandKind.OfOne<CreditCommand, CreditFile>(
            PartyStreams.Party,
            (c, _) => c.File,
            CreditFile.Fold,
            (_, _) => [],
            (c, _, file, s) => Decide(c, file, s)
        );

    public static Decision Decide(CreditCommand c, CreditFile file, Situation s) =>
        c switch
        {
            NotifyOfSignal n => SignalKinds.Find(n.Kind) is null
                ? NotInVocabulary(n.Kind)
                : Decision.Record(new CreditSignalNotified(n.SignalId, n.Kind, n.Channel)),
            ShareSignal share => Share(share, file, s),
            StateOnSignal x => OfSubject(c, s)
                ?? OfSignal(file, x.SignalId, s, _ => Decision.Record(new CreditStatementRecorded(x.SignalId))),
            ObjectToSignal x => OfSubject(c, s) ?? Object(x.SignalId, file, s),
            AnswerObjection a => OfSource(
                file,
                a.SignalId,
                s,
                signal =>
                    signal.State is SignalState.Objected
                        ? Decision.Record(new ObjectionResolved(a.SignalId, a.Outcome, a.Reason))
                        : WrongState(signal)
            ),
            RepairSignal r => Repair(r, file, s),
            // An objection is answered, not evaded.
            WithdrawSignal w => OfSource(
                file,
                w.SignalId,
                s,
                signal =>
                    signal.State is SignalState.Live
                        ? Decision.Record(new CreditSignalWithdrawn(w.SignalId, w.Reason))
                        : WrongState(signal)
            ),
            ExpireSignal x => Expire(x.SignalId, file, ShanghaiDay.Of(s.Now)),
            GiveConsent g => OfPerson(g, s) ?? Consent(g, file, s),
            WithdrawConsent w => OfPerson(w, s) ?? Withdraw(w, file),
            _ => throw new UnknownCommandException(c),
        };

    static Decision NotInVocabulary(string? kind) =>
        Decision.Refuse(
            Refusal
                .Of(
                    "kind-not-in-vocabulary",
                    ("value", Bounds.Short(kind ?? "")),
                    ("known", string.Join(", ", SignalKinds.All.Select(k => k.Code)))
                )
                .At("kind")
        );

    static Decision Share(ShareSignal c, CreditFile file, Situation s)
    {
        var e = new CreditSignalShared(
            c.SignalId,
            c.Subject,
            c.SubjectKind,
            c.Kind,
            c.SourceAuthority,
            c.SourceDoc,
            c.LegalBasis,
            c.ActEndedOn,
            c.ExpiresOn,
            c.Tier
        );
        if (IsScore(e.Kind))
            return Decision.Refuse(Refusal.Of("score-not-allowed", ("value", e.Kind)).At("kind"));
        if (SignalKinds.Find(e.Kind) is not { } kind)
            return NotInVocabulary(e.Kind);
        if (string.IsNullOrWhiteSpace(e.LegalBasis))
            return Decision.Refuse(new Refusal("basis-missing").At("legalBasis"));
        if (e.ActEndedOn > s.LawDay)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-out-of-range",
                        ("name", "actEndedOn"),
                        ("value", e.ActEndedOn),
                        ("least", Bounds.OldestDay),
                        ("most", s.LawDay)
                    )
                    .At("actEndedOn")
            );
        if (kind.HasTier != e.Tier is not null)
            return Decision.Refuse(
                Refusal
                    .Of(kind.HasTier ? "value-missing" : "value-not-allowed", ("name", "tier"), ("kind", kind.Code))
                    .At("tier")
            );
        var said = e with
        {
            ExpiresOn = e.ExpiresOn ?? CreditClock.LastDay(kind.Adverse, e.Tier, e.ActEndedOn, s.LawDay),
        };
        // A number stands for one signal: the same one is known, another one is not it.
        if (file.Of(e.SignalId ?? default) is { } before)
            return before.Source == s.By.Actor && before.Shared == said
                ? Decision.Record()
                : Decision.Refuse(new Refusal("notice-used") { BlockingEvent = before.Event }.At("noticeId"));
        if (said.ExpiresOn is null && !kind.Adverse)
            return Decision.Refuse(Refusal.Of("value-missing", ("name", "expiresOn")).At("expiresOn"));
        var facts = Inputs
            .None.And("adverse", kind.Adverse)
            .And("public", kind.IsPublic)
            // Consumers and practitioners are persons, whatever is said of them.
            .And(
                "personal",
                c.IsPerson || file.IsPerson || e.SubjectKind is SubjectKind.Consumer or SubjectKind.Practitioner
            )
            .And("consented", file.Consents.Any(c => c.Covers("credit-sharing", s.By.Actor, s.LawDay)))
            .And("toldBefore", file.Told.GetValueOrDefault(e.SignalId ?? default) == kind.Code)
            .And("dataClasses", c.DataClasses.IsEmpty ? "none" : string.Join(',', c.DataClasses).ToLowerInvariant())
            .And("sharedOn", s.LawDay)
            .And("actEndedOn", e.ActEndedOn)
            .And("expiresOn", said.ExpiresOn)
            .And("tier", e.Tier is { } tier ? WireWords.Of(tier) : null);
        return Decision.Record(said).WithVerdicts(Judge(Trigger.ShareSignal, s, facts));
    }

    /// <summary>The subject objects: marked at once, answered within twenty days.</summary>
    static Decision Object(Guid id, CreditFile file, Situation s) =>
        OfSignal(
            file,
            id,
            s,
            signal =>
                signal.State is SignalState.Objected
                    ? Decision.Refuse(new Refusal("already-open") { BlockingEvent = signal.Event })
                    : Decision.Record(new ObjectionFiled(id, s.LawDay.AddDays(AnswerDays)), new ObjectionMarked(id))
        );

    /// <summary>Repaired by the authority, not before the least time of its publicity is over.</summary>
    static Decision Repair(RepairSignal c, CreditFile file, Situation s) =>
        OfSignal(
            file,
            c.SignalId,
            s,
            signal =>
                signal.State is not SignalState.Live
                    ? WrongState(signal)
                    : Decision
                        .Record(new CreditRepaired(c.SignalId, c.Basis, s.LawDay))
                        .WithVerdicts(
                            Judge(
                                Trigger.RepairSignal,
                                s,
                                Inputs
                                    .None.And("sharedOn", signal.SharedOn)
                                    .And("tier", signal.Shared.Tier is { } tier ? WireWords.Of(tier) : "none")
                            )
                        )
        );

    /// <summary>Its last day is over; the event carries the statutory day, also where it comes late.</summary>
    static Decision Expire(Guid id, CreditFile file, DateOnly today) =>
        file.Of(id) is { State: SignalState.Live or SignalState.Objected, Shared.ExpiresOn: { } last } && today > last
            ? Decision.Record(new CreditSignalExpired(id, last.AddDays(1)))
            : Decision.Record();

    /// <summary>The party itself agrees; a desk that records it for the party shows the text, names for whom it is, and
    /// is none of these.</summary>
    static Decision Consent(GiveConsent c, CreditFile file, Situation s) =>
        !IsSubject(c, s) && c.TextHash is null ? Decision.Refuse(new Refusal("evidence-missing").At("textHash"))
        : !IsSubject(c, s) && c.Recipients is not { IsDefaultOrEmpty: false }
            ? Decision.Refuse(Refusal.Of("value-missing", ("name", "recipients")).At("recipients"))
        : c.Recipients?.Any(r => r == s.By.Actor || r == s.By.Site) is true
            ? Decision.Refuse(new Refusal("own-affair").At("recipients"))
        : !ReadingPurposes.Consented.Contains(c.Purpose)
            ? Decision.Refuse(
                Refusal
                    .Of(
                        "purpose-not-in-list",
                        ("value", c.Purpose),
                        ("known", string.Join(", ", ReadingPurposes.Consented))
                    )
                    .At("purpose")
            )
        : !c.Separately ? Decision.Refuse(new Refusal("separate-consent-needed").At("separately"))
        : file.Consents.Any(x => x.Given.ConsentId == c.ConsentId) ? Decision.Record()
        : Decision.Record(new ConsentGiven(c.ConsentId, c.Purpose, c.Recipients, c.Until, c.TextHash));

    static Decision Withdraw(WithdrawConsent c, CreditFile file) =>
        file.Consents.FirstOrDefault(x => x.Given.ConsentId == c.ConsentId) switch
        {
            null => Decision.Refuse(Refusal.Of("consent-not-found", ("value", c.ConsentId))),
            { Withdrawn: true } => Decision.Record(),
            _ => Decision.Record(new ConsentWithdrawn(c.ConsentId)),
        };

    static readonly string[] Scores = ["score", "rank", "rating", "grade"];

    static bool IsScore(string? kind) =>
        kind is not null && Scores.Any(word => kind.Contains(word, StringComparison.OrdinalIgnoreCase));

    static Decision OfSignal(CreditFile file, Guid id, Situation s, Func<Signal, Decision> act) =>
        file.Of(id) is not { } signal ? Decision.Refuse(Refusal.Of("signal-not-found", ("value", id)))
        : signal.IsShownOn(s.LawDay) ? act(signal)
        : WrongState(signal);

    /// <summary>An act of whoever shared it.</summary>
    static Decision OfSource(CreditFile file, Guid id, Situation s, Func<Signal, Decision> act) =>
        OfSignal(
            file,
            id,
            s,
            signal => signal.Source == s.By.Actor ? act(signal) : Decision.Refuse(new Refusal("not-the-source"))
        );

    static Decision? OfSubject(CreditCommand c, Situation s) =>
        IsSubject(c, s) ? null : Decision.Refuse(new Refusal("not-the-subject"));

    /// <summary>A person speaks for himself; a desk may record what another said.</summary>
    static Decision? OfPerson(CreditCommand c, Situation s) => s.By.Is(Roles.Con) ? OfSubject(c, s) : null;

    /// <summary>Whether the subject itself speaks.</summary>
    static bool IsSubject(CreditCommand c, Situation s) => s.Self.Files.Contains(c.File);

    static Decision WrongState(Signal signal) =>
        Decision.Refuse(
            new Refusal("wrong-state") { CurrentState = WireWords.Of(signal.State), BlockingEvent = signal.Event }
        );

    static Judgement Judge(Trigger act, Situation s, Inputs facts) =>
        s.Rules.Judge(act, "", s.Jurisdiction, s.LawDay, facts);
}
