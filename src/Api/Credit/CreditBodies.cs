namespace Api;

/// <summary>Reads what is shared of a party.</summary>
/// <param name="Purpose">A word of the list of purposes, e.g. <c>trade</c> or <c>inspection</c>.</param>
/// <param name="Basis">The article of law, where no consent of the subject covers it.</param>
public sealed record CreditReadingBody(string? Purpose = null, string? Basis = null);

/// <summary>Tells the subject before an adverse signal is shared; its id is the signal's.</summary>
/// <param name="Channel">How: <c>letter</c>, <c>sms</c>, <c>in-person</c> …</param>
public sealed record CreditNoticeBody(string Kind, string Channel, string? OccurredAt = null);

/// <summary>Shares a fact about a party; never a score.</summary>
/// <param name="SubjectKind"><c>platform</c>, <c>seller</c>, <c>consumer</c> or <c>practitioner</c>.</param>
/// <param name="IsPerson">The subject is a natural person.</param>
/// <param name="Kind">A word of the vocabulary, e.g. <c>administrative-penalty</c>.</param>
/// <param name="SourceDoc">SHA-256 of the document that says so.</param>
/// <param name="ActEndedOn">When the act ended; absent while it goes on.</param>
/// <param name="ExpiresOn">Last day on which it is shown; absent: what the law allows.</param>
/// <param name="Tier"><c>minor</c>, <c>ordinary</c> or <c>serious</c>, where the kind has one.</param>
/// <param name="NoticeId">Of the notice that its subject was given.</param>
/// <param name="DataClasses">Classes of data it carries.</param>
public sealed record CreditSignalBody(
    string SubjectKind,
    bool IsPerson,
    string Kind,
    string SourceAuthority,
    string SourceDoc,
    string LegalBasis,
    string? ActEndedOn = null,
    string? ExpiresOn = null,
    string? Tier = null,
    string? NoticeId = null,
    IReadOnlyList<string>? DataClasses = null,
    string? OccurredAt = null
);

/// <param name="Text">Kept in the vault.</param>
public sealed record CreditTextBody(string Text, string? OccurredAt = null);

/// <param name="Outcome"><c>corrected</c>: no longer shown; <c>unmarked</c>; <c>recorded</c>.</param>
public sealed record ObjectionAnswerBody(string Outcome, string? Reason = null, string? OccurredAt = null);

public sealed record CreditRepairBody(string Basis, string? OccurredAt = null);

/// <summary>A party agrees to one purpose.</summary>
/// <param name="Purpose"><c>trade</c>, <c>loan</c>, <c>hire</c> or <c>credit-sharing</c>.</param>
/// <param name="Separately">Agreed to by itself, not bundled in terms.</param>
/// <param name="Recipients">Who may be told; absent: whoever acts for that purpose.</param>
public sealed record ConsentGivenBody(
    string Purpose,
    bool Separately,
    IReadOnlyList<string>? Recipients = null,
    string? Until = null,
    string? TextHash = null,
    string? OccurredAt = null
);

public sealed record ConsentEndBody(string? OccurredAt = null);

/// <summary>One fact of the counterparty card; there is no score.</summary>
/// <param name="State"><c>live</c> or <c>objected</c>.</param>
/// <param name="ExpiresOn">Last day on which it is shown.</param>
/// <param name="AnswerDueOn">Of an open objection.</param>
/// <param name="AnswerOverdue">The source has not answered in time.</param>
public sealed record CreditSignalView(
    Guid Id,
    string? SubjectKind,
    string? Kind,
    string? KindZh,
    string? KindEn,
    bool Adverse,
    string? Tier,
    string? SourceAuthority,
    string? LegalBasis,
    DateOnly? ActEndedOn,
    DateOnly SharedOn,
    DateOnly? ExpiresOn,
    string State,
    DateOnly? AnswerDueOn,
    bool AnswerOverdue,
    bool HasStatement
);

/// <summary>Somebody who read a party's file.</summary>
public sealed record CreditReaderView(
    string Reader,
    string Role,
    string? Purpose,
    Guid? Consent,
    string? Basis,
    int? Count,
    DateTimeOffset At
);
