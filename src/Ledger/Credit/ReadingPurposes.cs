using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Credit;

/// <summary>What something about others may be read for.</summary>
/// <param name="IsOffice">An office's own duty, under an article of law; else the subject's consent is given for
/// it.</param>
public sealed record ReadingPurpose(string Code, string Zh, string En, bool IsOffice);

/// <summary>The one list of purposes: of consents, of credit readings, of recorded queries and of their forms
/// (domain.md §4.1; PIPL arts. 13 and 34).</summary>
public static class ReadingPurposes
{
    public static ImmutableArray<ReadingPurpose> All { get; } =
    [
        new("trade", "交易", "trade", false),
        new("loan", "贷款", "loan", false),
        new("hire", "聘用", "hire", false),
        new("credit-sharing", "信用共享", "credit sharing", false),
        new("supervision", "监督管理", "supervision", true),
        new("inspection", "检查", "inspection", true),
        new("case", "案件", "case", true),
        new("complaint", "投诉处理", "complaint", true),
        new("statistics", "统计", "statistics", true),
        new("court-request", "司法协助", "court request", true),
    ];

    /// <summary>What a register is queried for.</summary>
    public static ImmutableArray<ReadingPurpose> Office { get; } = [.. All.Where(p => p.IsOffice)];

    /// <summary>What a consent may be given for.</summary>
    public static ImmutableArray<string> Consented { get; } = [.. All.Where(p => !p.IsOffice).Select(p => p.Code)];

    static readonly FrozenDictionary<string, ReadingPurpose> ByCode = All.ToFrozenDictionary(
        p => p.Code,
        StringComparer.Ordinal
    );

    public static ReadingPurpose? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}
