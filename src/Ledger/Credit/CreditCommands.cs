using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Credit;

/// <summary>The closed union of what can be recorded of a party's credit.</summary>
/// <param name="File">The stream of the party.</param>
public abstract record CreditCommand(Guid File) : LedgerCommand;

/// <summary>The subject of an adverse signal is told before it is shared (征信业管理条例 15).</summary>
public sealed record NotifyOfSignal(Guid File, Guid SignalId, string Kind, string Channel) : CreditCommand(File);

/// <summary>A signal with its legal basis, source and last day; never a score.</summary>
/// <param name="SourceDoc">Hash of the document that says so.</param>
/// <param name="ActEndedOn">When the act ended; null while it goes on.</param>
/// <param name="ExpiresOn">Last day on which it is shown; null: the law's.</param>
/// <param name="IsPerson">Its subject is a natural person.</param>
/// <param name="DataClasses">Classes of data it carries.</param>
public sealed record ShareSignal(
    Guid File,
    Guid SignalId,
    PartyRef? Subject,
    SubjectKind SubjectKind,
    string? Kind,
    string SourceAuthority,
    string SourceDoc,
    string? LegalBasis,
    DateOnly? ActEndedOn,
    DateOnly? ExpiresOn,
    SignalTier? Tier,
    bool IsPerson,
    ImmutableArray<string> DataClasses
) : CreditCommand(File)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Subject = PartyRef.Map(Subject, map),
        };
}

/// <summary>Asks to record the subject's own statement on a signal; only the subject may give it.</summary>
/// <param name="Text">The subject's own words; kept in the vault.</param>
public sealed record StateOnSignal(Guid File, Guid SignalId, string Text) : CreditCommand(File)
{
    public override ImmutableArray<VaultText> Secrets => Secret<CreditStatementRecorded>("text", Text);
}

/// <summary>Asks to record the subject's objection to a signal; only the subject may object, once at a time.</summary>
/// <param name="Text">The subject's own words; kept in the vault.</param>
public sealed record ObjectToSignal(Guid File, Guid SignalId, string Text) : CreditCommand(File)
{
    public override ImmutableArray<VaultText> Secrets => Secret<ObjectionFiled>("text", Text);
}

/// <summary>Asks to record the source's answer to an open objection; only the source may give it.</summary>
public sealed record AnswerObjection(Guid File, Guid SignalId, ObjectionOutcome Outcome, string? Reason)
    : CreditCommand(File);

/// <summary>Asks to record that an authority repaired a signal; refused in the least time of publicity
/// (国办发〔2025〕22号).</summary>
public sealed record RepairSignal(Guid File, Guid SignalId, string Basis) : CreditCommand(File);

/// <summary>Asks to withdraw a signal; only its source may, and not while an objection is open.</summary>
public sealed record WithdrawSignal(Guid File, Guid SignalId, string Reason) : CreditCommand(File);

/// <summary>The calendar's: recorded once a signal, from the day after its last one.</summary>
public sealed record ExpireSignal(Guid File, Guid SignalId) : CreditCommand(File);

/// <summary>Asks to record that the party agrees to one purpose; refused where it is bundled with other
/// terms.</summary>
/// <param name="Recipients">Who may be told.</param>
/// <param name="TextHash">Hash of the text that was agreed to.</param>
/// <param name="Separately">Agreed to by itself, not bundled in terms.</param>
public sealed record GiveConsent(
    Guid File,
    Guid ConsentId,
    string Purpose,
    ImmutableArray<string>? Recipients,
    DateOnly? Until,
    string? TextHash,
    bool Separately
) : CreditCommand(File);

/// <summary>Asks to record that the party withdraws a consent.</summary>
public sealed record WithdrawConsent(Guid File, Guid ConsentId) : CreditCommand(File);

/// <summary>The closed union of what readers do: each stands on its reader's record of the month before anything is
/// shown.</summary>
public abstract record ReadingCommand : LedgerCommand
{
    /// <summary>One record a reader and month: it neither swells nor betrays whom it is about.</summary>
    public static Guid StreamOf(string actor, DateOnly day, Handles handles) =>
        handles.EntityId("reading", actor, Instants.Text(day)[..7]);
}

/// <summary>Reads a party's signals for a purpose; noted on the party's stream too.</summary>
/// <param name="Basis">The law that makes them public, where no consent covers it.</param>
public sealed record ReadCreditFile(Guid File, string? Purpose, string? Basis) : ReadingCommand;

/// <inheritdoc cref="RegisterQueryRecorded"/>
/// <param name="Basis">The article of law under which it is asked.</param>
public sealed record RecordQuery(
    string Register,
    string? Purpose,
    string? Basis,
    string? Case,
    ImmutableArray<string> Filters,
    int Count,
    string List
) : ReadingCommand;
