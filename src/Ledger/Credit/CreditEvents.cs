using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Credit;

/// <summary>The subject of an adverse signal was told before it is shared (征信业管理条例 15).</summary>
public sealed record CreditSignalNotified(Guid? SignalId, string? Kind = null, string? Channel = null) : LedgerEvent;

/// <summary>A signal with its legal basis, source and last day; never a score.</summary>
/// <param name="Subject">Whom it is about; told under disclosure only.</param>
/// <param name="SourceDoc">Hash of the document that says so.</param>
/// <param name="ActEndedOn">When the act ended; null while it goes on.</param>
/// <param name="ExpiresOn">Last Shanghai day on which it is shown; null: none is set while the act goes on.</param>
public sealed record CreditSignalShared(
    Guid? SignalId,
    PartyRef? Subject = null,
    SubjectKind? SubjectKind = null,
    string? Kind = null,
    string? SourceAuthority = null,
    string? SourceDoc = null,
    string? LegalBasis = null,
    DateOnly? ActEndedOn = null,
    DateOnly? ExpiresOn = null,
    SignalTier? Tier = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Subject = PartyRef.Map(Subject, map),
        };
}

/// <summary>The subject's own statement, shown beside the signal; its text is kept in the vault.</summary>
public sealed record CreditStatementRecorded(Guid? SignalId) : LedgerEvent;

/// <summary>The subject objected to a signal: it is shown as objected until the source answers. The words are kept in
/// the vault.</summary>
/// <param name="DueOn">Last day of the twenty in which the source answers (征信业管理条例 25).</param>
public sealed record ObjectionFiled(Guid? SignalId, DateOnly? DueOn = null) : LedgerEvent;

/// <summary>The ledger marked a signal as objected to, in the same transaction as the objection.</summary>
public sealed record ObjectionMarked(Guid? SignalId) : LedgerEvent;

/// <summary>The source answered an objection: a corrected signal is no longer shown, any other stands as
/// before.</summary>
public sealed record ObjectionResolved(Guid? SignalId, ObjectionOutcome? Outcome = null, string? Reason = null)
    : LedgerEvent;

/// <summary>An authority repaired a signal (信用修复): it is no longer shown.</summary>
/// <param name="Basis">What the repair rests on.</param>
/// <param name="RepairedOn">Shanghai day.</param>
public sealed record CreditRepaired(Guid? SignalId, string? Basis = null, DateOnly? RepairedOn = null) : LedgerEvent;

/// <summary>The last day of a signal is over, by the calendar: it is no longer shown.</summary>
/// <param name="ExpiredOn">First Shanghai day on which it is not shown, also where the event comes later.</param>
public sealed record CreditSignalExpired(Guid? SignalId, DateOnly? ExpiredOn = null) : LedgerEvent;

/// <summary>The source withdrew a signal: it is no longer shown.</summary>
public sealed record CreditSignalWithdrawn(Guid? SignalId, string? Reason = null) : LedgerEvent;

/// <summary>Agreed to one purpose, by itself and not bundled in terms (个人信息保护法 13, 23).</summary>
/// <param name="Recipients">Who may be told.</param>
/// <param name="TextHash">Hash of the text that was agreed to.</param>
public sealed record ConsentGiven(
    Guid? ConsentId,
    string? Purpose = null,
    ImmutableArray<string>? Recipients = null,
    DateOnly? Until = null,
    string? TextHash = null
) : LedgerEvent;

/// <summary>The party withdrew a consent: nothing rests on it from then on.</summary>
public sealed record ConsentWithdrawn(Guid? ConsentId) : LedgerEvent;

/// <summary>Somebody read a party's signals; it stands on the reader's record, and is noted on the party's.</summary>
/// <param name="Party">The stream that was read.</param>
/// <param name="Consent">The consent it rests on; null where the law makes them public.</param>
public sealed record CreditFileRead(
    StreamRef? Party,
    string? Purpose = null,
    Guid? Consent = null,
    string? Basis = null,
    int? Count = null
) : LedgerEvent;

/// <summary>Somebody queried a register; it stands on the reader's record before anything is shown.</summary>
/// <param name="Register">Which one, e.g. <c>histories</c>.</param>
/// <param name="Filters">Names of the filters that were set; their values may be personal.</param>
/// <param name="Count">How many rows were shown.</param>
/// <param name="List">SHA-256 of the ids of the items that were shown, joined by commas, lower-case hex.</param>
public sealed record RegisterQueryRecorded(
    string? Register,
    string? Purpose = null,
    string? Case = null,
    ImmutableArray<string>? Filters = null,
    int? Count = null,
    string? List = null
) : LedgerEvent
{
    /// <summary>Name of the further fact that holds the article of law under which it was asked.</summary>
    public const string Basis = "basis";
}

/// <summary>How a source answers an objection.</summary>
public enum ObjectionOutcome
{
    /// <summary>The signal was wrong: it is no longer shown.</summary>
    Corrected,

    /// <summary>The signal stands, and its mark is gone.</summary>
    Unmarked,

    /// <summary>The signal stands; the objection stays on record.</summary>
    Recorded,
}

/// <summary>Catalogue lines of credit signals, consents and readings; <see cref="EventCatalog"/> gathers
/// them.</summary>
public static class CreditEvents
{
    /// <summary>Name of <see cref="CreditFileRead"/> as a linked fact tells it.</summary>
    public const string FileRead = "credit-file-read";

    public static ImmutableArray<EventLine> All { get; } =
    [
        OfParty<CreditSignalNotified>("credit-signal-notified", "信用信息告知", "Told before sharing"),
        OfParty<CreditSignalShared>("credit-signal-shared", "信用信息共享", "Credit signal shared"),
        OfParty<CreditStatementRecorded>("credit-statement-recorded", "本人声明", "Statement recorded"),
        OfParty<ObjectionFiled>("objection-filed", "提出异议", "Objection filed"),
        OfParty<ObjectionMarked>("objection-marked", "异议标注", "Objection marked"),
        OfParty<ObjectionResolved>("objection-resolved", "异议处理", "Objection resolved"),
        OfParty<CreditRepaired>("credit-repaired", "信用修复", "Credit repaired"),
        OfParty<CreditSignalExpired>("credit-signal-expired", "信用信息到期", "Credit signal expired"),
        OfParty<CreditSignalWithdrawn>("credit-signal-withdrawn", "信用信息撤回", "Credit signal withdrawn"),
        OfParty<ConsentGiven>("consent-given", "同意授权", "Consent given"),
        OfParty<ConsentWithdrawn>("consent-withdrawn", "撤回同意", "Consent withdrawn"),
        EventLine.Of<CreditFileRead>(FileRead, CreditStreams.Reading, "查阅信用信息", "Credit file read"),
        EventLine.Of<RegisterQueryRecorded>(
            "register-query-recorded",
            CreditStreams.Reading,
            "查询登记",
            "Register query recorded"
        ),
    ];

    static EventLine OfParty<T>(string name, string zh, string en)
        where T : LedgerEvent => EventLine.Of<T>(name, PartyStreams.Party, zh, en);
}
