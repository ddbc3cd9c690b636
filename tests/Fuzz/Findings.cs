using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Fuzz;

/// <summary>What a run found and how much it asked.</summary>
public sealed class Findings(Uri address, TextWriter told)
{
    /// <summary>Three of a kind show it.</summary>
    const int MostOfAKind = 3;

    readonly ConcurrentDictionary<string, int> kinds = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Operation, string Class, int Status), int> answers = new();
    readonly Lock gate = new();

    /// <summary>Faults by kind, and how often each was met.</summary>
    public IReadOnlyDictionary<string, int> Kinds => kinds;

    public long Requests => answers.Values.Sum(n => (long)n);

    /// <summary>Operations that were answered with 2xx in the valid class.</summary>
    public IReadOnlySet<string> Done =>
        answers.Keys.Where(a => a is { Class: "valid", Status: >= 200 and < 300 }).Select(a => a.Operation).ToHashSet();

    /// <summary>Counts an answer and keeps what is wrong with it.</summary>
    public void Take(string operation, string kind, Request request, Reply reply, IEnumerable<string> faults)
    {
        answers.AddOrUpdate((operation, kind, reply.Status), 1, (_, n) => n + 1);
        foreach (var fault in faults)
            Add($"{operation}: {fault}", request, reply);
    }

    public void Add(string what, Request? request = null, Reply? reply = null)
    {
        if (kinds.AddOrUpdate(what, 1, (_, n) => n + 1) > MostOfAKind)
            return;
        lock (gate)
        {
            told.WriteLine($"FOUND {what}");
            if (request is not null)
                told.WriteLine($"  {request.Curl(address)}");
            if (reply is { Body.Length: > 0 })
                told.WriteLine($"  → {reply.Text[..Math.Min(reply.Text.Length, 600)]}");
        }
    }

    /// <summary>Counts by class and status, then the findings.</summary>
    public string Report()
    {
        var text = new StringBuilder();
        text.AppendLine("| class | requests | 2xx | 3xx | 4xx | 503 | other |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var kind in answers.GroupBy(a => a.Key.Class).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            int Count(Func<int, bool> of) => kind.Where(a => of(a.Key.Status)).Sum(a => a.Value);
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {kind.Key} | {Count(_ => true)} | {Count(s => s is >= 200 and < 300)} | {Count(s => s is >= 300 and < 400)} | {Count(s => s is >= 400 and < 500)} | {Count(s => s == 503)} | {Count(s => s is 0 or >= 500 and not 503)} |"
            );
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"\nfindings: {kinds.Count} kinds");
        foreach (var (what, times) in kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {times} × {what}");
        return text.ToString();
    }
}
