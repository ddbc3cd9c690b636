using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Credit;

/// <summary>Whose credit it is (the plan's four kinds).</summary>
public enum SubjectKind
{
    Platform,
    Seller,
    Consumer,

    /// <summary>Somebody who works in the trade.</summary>
    Practitioner,
}

/// <summary>How grave a finding is: fixes how long it is shown (国办发〔2025〕22号).</summary>
public enum SignalTier
{
    /// <summary>Shown for three months at most.</summary>
    Minor,

    /// <summary>Shown for one year at most.</summary>
    Ordinary,

    /// <summary>Shown for three years at most.</summary>
    Serious,
}

/// <summary>A kind of signal.</summary>
/// <param name="Adverse">It speaks against its subject: shown five years at most.</param>
/// <param name="IsPublic">The law makes it public: no consent is asked.</param>
/// <param name="HasTier">Its publicity has a tier.</param>
public sealed record SignalKind(string Code, string Zh, string En, bool Adverse, bool IsPublic, bool HasTier);

/// <summary>The closed vocabulary: facts with a source, never a score, rank or rating of a person.</summary>
public static class SignalKinds
{
    public static ImmutableArray<SignalKind> All { get; } =
    [
        new("administrative-penalty", "行政处罚", "Administrative penalty", true, true, true),
        new("court-enforcement", "失信被执行", "Court enforcement", true, true, false),
        new("odometer-tampering", "调表", "Odometer tampering", true, true, true),
        new("complaint-upheld", "投诉属实", "Complaint upheld", true, false, false),
        new("contract-broken", "违约", "Contract broken", true, false, false),
        new("licence-held", "持有许可", "Licence held", false, true, false),
        new("standard-passed", "服务标准达标", "Service standard passed", false, true, false),
        new("identity-verified", "实名核验", "Identity verified", false, false, false),
        new("deals-completed", "履约记录", "Deals completed", false, false, false),
    ];

    static readonly FrozenDictionary<string, SignalKind> ByCode = All.ToFrozenDictionary(
        k => k.Code,
        StringComparer.Ordinal
    );

    public static SignalKind? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}
