using System.Text.RegularExpressions;
using Ledger.Kernel;

namespace Ledger.Tests;

/// <summary>What every refusal owes its reader, asked wherever a test gets a decision: a sentence in both languages
/// with
/// nothing left open, the member at fault by its name, the state that it speaks of.</summary>
static partial class RefusalAssertions
{
    public static Decision Told(this Decision decision)
    {
        foreach (var refusal in decision.Refusals)
        {
            foreach (var chinese in (bool[])[true, false])
                Assert.DoesNotMatch(
                    Open,
                    string.Join(
                        '\n',
                        RefusalCatalog.Say(refusal, chinese).Detail,
                        RefusalCatalog.Say(refusal, chinese).NextStep
                    )
                );
            Assert.DoesNotContain("", refusal.With.Keys);
            Assert.NotEqual("", refusal.With.GetValueOrDefault("name", "–"));
            if (refusal.Field is { } field)
                Assert.Matches(Member, field);
            if (refusal.Code == "wrong-state")
                Assert.False(string.IsNullOrEmpty(refusal.CurrentState));
        }
        return decision;
    }

    [GeneratedRegex(@"\{[a-zA-Z]*\}")]
    private static partial Regex Open { get; }

    [GeneratedRegex(@"^[a-z][a-zA-Z_]*(\.[a-zA-Z0-9_-]+)*$")]
    private static partial Regex Member { get; }
}
