using System.Text.Json;
using Ledger;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store;
using Support;

namespace Api.Tests;

/// <summary>A verdict rests on the facts that it keeps: the law of the act's day gives it back from them, whenever it
/// is
/// asked (rules.md §1.5, §1.6).</summary>
public sealed class Replaying_the_law
{
    [Fact]
    public async Task Gives_the_recorded_verdicts_back()
    {
        await using var service = await TestService.StartAsync();
        await Api.Demo.DemoLedger.LoadAsync(service.Services, TestContext.Current.CancellationToken);
        var (asked, differ) = await AskAsync(service.Node);
        Assert.True(asked > 100, $"{asked} verdicts");
        Assert.Empty(differ);
    }

    /// <summary>How many verdicts were asked again, and those that came out otherwise.</summary>
    public static async Task<(int Asked, IReadOnlyList<string> Differ)> AskAsync(LedgerNode node)
    {
        var stop = TestContext.Current.CancellationToken;
        var (asked, differ) = (0, new List<string>());
        foreach (var kind in Modules.All.SelectMany(m => m.Streams))
        await foreach (var page in node.Reader.PagesAsync(kind, 500, stop))
        foreach (var events in (await node.Reader.StreamsAsync(page, long.MaxValue, stop)).Values)
        foreach (var e in events)
        foreach (var verdict in e.Envelope.Verdicts.Where(CanBeAskedAgain))
        {
            asked++;
            if (Otherwise(verdict, e.Envelope) is { } otherwise)
                differ.Add($"{e.Type} {Instants.Text(e.Envelope.OccurredAt)}: {otherwise}");
        }
        return (asked, differ);
    }

    /// <summary>What is judged of the number of a thing or body cannot be judged again: no verdict keeps it.</summary>
    static bool CanBeAskedAgain(Verdict v) =>
        v.Result is not Result.OutOfSequence && !v.RuleId.StartsWith("id-", StringComparison.Ordinal);

    /// <summary>By the rule set that the event names, whatever set judges today.</summary>
    static string? Otherwise(Verdict recorded, Envelope envelope)
    {
        var day = ShanghaiDay.Of(envelope.OccurredAt);
        if (RuleSets.Named(envelope.RulesetVersion)?.InForce(recorded.RuleId, day) is not { } rule)
            return $"{recorded.RuleId} bound nothing on {day:yyyy-MM-dd}";
        var (facts, asked) = (new Inputs(recorded.Inputs), new HashSet<string>());
        var (result, seen) = rule.Ask(facts.Noting(asked), day);
        var again = new Verdict(rule.Id, result, rule.Severity, facts.Kept(seen, asked));
        return Text(again) == Text(recorded) ? null : $"{Text(again)}, recorded {Text(recorded)}";
    }

    static string Text(Verdict v) => JsonSerializer.Serialize(v, WireJson.Options);
}
