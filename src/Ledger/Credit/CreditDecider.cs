using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Credit;

/// <summary>What a signal's sharing rests on besides its own words.</summary>
/// <param name="IsPerson">Its subject is a natural person.</param>
/// <param name="DataClasses">Classes of data it carries.</param>
public sealed record SharingTerms(bool IsPerson, IReadOnlyList<string> DataClasses);

/// <summary>Shares, objects to, repairs and ends credit signals: a closed vocabulary, each with its legal basis and its
/// clock (征信业管理条例, 国办发〔2025〕22号).</summary>
public static class CreditDecider
{
    /// <summary>Days in which a source answers an objection.</summary>
    const int AnswerDays = 20;

    public static Decision Share(CreditSignalShared e, SharingTerms terms, CreditFile file, Situation s)
    {
        if (IsScore(e.Kind))
            return Decision.Refuse(Refusal.Of("score-not-allowed", ("value", e.Kind)).At("kind"));
        if (SignalKinds.Find(e.Kind) is not { } kind)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "kind-not-in-vocabulary",
                        ("value", e.Kind),
                        ("known", string.Join(", ", SignalKinds.All.Select(k => k.Code)))
                    )
                    .At("kind")
            );
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
        if (file.Of(e.SignalId ?? default) is not null)
            return Decision.Record();
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
        if (said.ExpiresOn is null && !kind.Adverse)
            return Decision.Refuse(Refusal.Of("value-missing", ("name", "expiresOn")).At("expiresOn"));
        var facts = Inputs
            .None.And("adverse", kind.Adverse)
            .And("public", kind.IsPublic)
            // Consumers and practitioners are persons, whatever is said of them.
            .And("personal", terms.IsPerson || e.SubjectKind is SubjectKind.Consumer or SubjectKind.Practitioner)
            .And("consented", file.Consents.Any(c => c.Covers("credit-sharing", s.Actor, s.LawDay)))
            .And("toldBefore", file.Told.GetValueOrDefault(e.SignalId ?? default) == kind.Code)
            .And(
                "dataClasses",
                terms.DataClasses.Count == 0 ? "none" : string.Join(',', terms.DataClasses).ToLowerInvariant()
            )
            .And("sharedOn", s.LawDay)
            .And("actEndedOn", e.ActEndedOn)
            .And("expiresOn", said.ExpiresOn)
            .And("tier", e.Tier is { } tier ? WireWords.Of(tier) : null);
        return Decision.Record(said).Judged(Judge(Trigger.ShareSignal, s, facts));
    }

    /// <summary>The subject objects: marked at once, answered within twenty days.</summary>
    /// <param name="bySubject">The subject itself speaks.</param>
    public static Decision Object(Guid id, bool bySubject, CreditFile file, Situation s) =>
        OfSubject(bySubject)
        ?? OfSignal(
            file,
            id,
            s,
            signal =>
                signal.State is SignalState.Objected
                    ? Decision.Refuse(new Refusal("already-open") { BlockingEvent = signal.Event })
                    : Decision.Record(new ObjectionFiled(id, s.LawDay.AddDays(AnswerDays)), new ObjectionMarked(id))
        );

    public static Decision State(Guid id, bool bySubject, CreditFile file, Situation s) =>
        OfSubject(bySubject) ?? OfSignal(file, id, s, _ => Decision.Record(new CreditStatementRecorded(id)));

    public static Decision Resolve(ObjectionResolved e, CreditFile file, Situation s) =>
        OfSource(
            file,
            e.SignalId ?? default,
            s,
            signal => signal.State is SignalState.Objected ? Decision.Record(e) : WrongState(signal)
        );

    /// <summary>An objection is answered, not evaded.</summary>
    public static Decision Withdraw(CreditSignalWithdrawn e, CreditFile file, Situation s) =>
        OfSource(
            file,
            e.SignalId ?? default,
            s,
            signal => signal.State is SignalState.Live ? Decision.Record(e) : WrongState(signal)
        );

    /// <summary>Repaired by the authority, not before the least time of its publicity is over.</summary>
    public static Decision Repair(CreditRepaired e, CreditFile file, Situation s) =>
        OfSignal(
            file,
            e.SignalId ?? default,
            s,
            signal =>
                signal.State is not SignalState.Live
                    ? WrongState(signal)
                    : Decision
                        .Record(e with { RepairedOn = s.LawDay })
                        .Judged(
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
    public static Decision Expire(Guid id, CreditFile file, DateOnly today) =>
        file.Of(id) is { State: SignalState.Live or SignalState.Objected, Shared.ExpiresOn: { } last } && today > last
            ? Decision.Record(new CreditSignalExpired(id, last.AddDays(1)))
            : Decision.Record();

    /// <param name="bySubject">The party itself agrees; whoever records it for the party shows the text.</param>
    public static Decision Consent(ConsentGiven e, bool separately, bool bySubject, CreditFile file) =>
        !bySubject && e.TextHash is null ? Decision.Refuse(new Refusal("evidence-missing").At("textHash"))
        : !SignalKinds.Purposes.Contains(e.Purpose ?? "")
            ? Decision.Refuse(
                Refusal
                    .Of("purpose-not-in-list", ("value", e.Purpose), ("known", string.Join(", ", SignalKinds.Purposes)))
                    .At("purpose")
            )
        : !separately ? Decision.Refuse(new Refusal("separate-consent-needed").At("separately"))
        : file.Consents.Any(c => c.Given.ConsentId == e.ConsentId) ? Decision.Record()
        : Decision.Record(e);

    public static Decision Withdraw(ConsentWithdrawn e, CreditFile file) =>
        file.Consents.FirstOrDefault(c => c.Given.ConsentId == e.ConsentId) switch
        {
            null => Decision.Refuse(Refusal.Of("consent-unknown", ("value", e.ConsentId))),
            { Withdrawn: true } => Decision.Record(),
            _ => Decision.Record(e),
        };

    /// <summary>A reading: everything with the subject's consent for that purpose; what the law makes public on another
    /// basis; nothing without either.</summary>
    public static (CreditFileRead? Read, Refusal? Refusal) Read(
        Guid party,
        string? purpose,
        string? basis,
        CreditFile file,
        string reader,
        DateOnly day
    )
    {
        if (string.IsNullOrWhiteSpace(purpose))
            return (null, new Refusal("purpose-missing").At("purpose"));
        var consent = file.Consents.FirstOrDefault(c => c.Covers(purpose, reader, day));
        if (consent is null && string.IsNullOrWhiteSpace(basis))
            return (null, new Refusal("consent-missing"));
        var shown = Shown(file, consent is not null, day).Count();
        return (new(new(party), purpose, consent?.Given.ConsentId, consent is null ? basis : null, shown), null);
    }

    /// <summary>The signals that a reader is shown.</summary>
    /// <param name="consented">Also those that the law does not make public.</param>
    public static IEnumerable<Signal> Shown(CreditFile file, bool consented, DateOnly day) =>
        file.Signals.Where(s => s.IsShownOn(day) && (consented || SignalKinds.Find(s.Shared.Kind)?.IsPublic is true));

    static readonly string[] Scores = ["score", "rank", "rating", "grade"];

    static bool IsScore(string? kind) =>
        kind is not null && Scores.Any(word => kind.Contains(word, StringComparison.OrdinalIgnoreCase));

    static Decision OfSignal(CreditFile file, Guid id, Situation s, Func<Signal, Decision> act) =>
        file.Of(id) is not { } signal ? Decision.Refuse(Refusal.Of("signal-unknown", ("value", id)))
        : signal.IsShownOn(s.LawDay) ? act(signal)
        : WrongState(signal);

    /// <summary>An act of whoever shared it.</summary>
    static Decision OfSource(CreditFile file, Guid id, Situation s, Func<Signal, Decision> act) =>
        OfSignal(
            file,
            id,
            s,
            signal => signal.Source == s.Actor ? act(signal) : Decision.Refuse(new Refusal("not-the-source"))
        );

    static Decision? OfSubject(bool bySubject) => bySubject ? null : Decision.Refuse(new Refusal("not-the-subject"));

    static Decision WrongState(Signal signal) =>
        Decision.Refuse(
            new Refusal("wrong-state") { CurrentState = WireWords.Of(signal.State), BlockingEvent = signal.Event }
        );

    static Judgement Judge(Trigger act, Situation s, Inputs facts) =>
        s.Rules.Judge(act, "", s.Jurisdiction, s.LawDay, facts);
}
