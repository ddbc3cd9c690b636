using System.Globalization;

namespace Faults;

/// <summary>What one test came to.</summary>
/// <param name="Again">Seconds from each fault until something sent after it was acknowledged.</param>
/// <param name="NotServed">Requests answered with 503.</param>
/// <param name="Logged">Bytes that the service logged.</param>
sealed record Outcome(
    string Test,
    string What,
    Finding Finding,
    IReadOnlyList<double> Again,
    int NotServed,
    long Logged,
    IReadOnlyList<string> Wrong
)
{
    /// <summary>Without a hand, within.</summary>
    const double Bound = 6;

    public bool IsGood => Finding.IsClean && Wrong.Count == 0;

    public bool IsSoon => Again.All(a => a <= Bound);

    public string Line =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Test} | {What} | {Again.Count} | {Finding.Acknowledged} | {Finding.Lost} | {Finding.Twice} | {Finding.Holes} | {Finding.BadReceipts} | {(Finding.AuditIsClean ? "ok" : "FINDINGS")} | {Median:F2} | {Again.DefaultIfEmpty().Max():F2} | {NotServed} | {Logged / 1024} |"
        );

    double Median => Again.Count == 0 ? 0 : Again.Order().ElementAt(Again.Count / 2);
}
