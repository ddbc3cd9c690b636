using System.Collections.Immutable;
using Ledger.Rules;

namespace Ledger.Tests.Rules;

/// <summary>A verdict keeps the facts that it rests on: asked again of them alone, the rule says the same (rules.md
/// §1.5, §1.6).</summary>
public sealed class Keeping_the_facts
{
    /// <summary>What they judge are numbers of things and bodies, which no verdict keeps.</summary>
    static readonly string[] Unkept =
    [
        "id-battery-code",
        "id-imei-check",
        "id-org-code-check",
        "id-tag-check",
        "id-uscc-check",
        "id-uscc-shape",
        "id-vin-check-soft",
        "id-vin-check-strict",
    ];

    static IEnumerable<(Rule Rule, RuleCase Case, ImmutableSortedDictionary<string, string> Kept)> Hits =>
        from rule in RuleSet.Current.Rules
        from c in rule.Cases
        let asked = new HashSet<string>()
        let outcome = rule.Ask(c.Inputs.Noting(asked), c.Day)
        where outcome.Result is not Result.Pass
        select (rule, c, c.Inputs.Kept(outcome.Seen, asked));

    [Fact]
    public void lets_a_rule_give_its_verdict_again()
    {
        foreach (var (rule, c, kept) in Hits.Where(h => !Unkept.Contains(h.Rule.Id)))
        {
            var asked = new HashSet<string>();
            var again = rule.Ask(new Inputs(kept).Noting(asked), c.Day);
            Assert.Equal((rule.Id, c.Expected), (rule.Id, again.Result));
            // Byte for byte.
            Assert.Equal(kept, new Inputs(kept).Kept(again.Seen, asked));
        }
    }

    [Fact]
    public void keeps_no_number_of_a_thing()
    {
        foreach (
            var (rule, c, kept) in Hits.Where(h =>
                h.Rule.Id is not ("id-uscc-check" or "id-uscc-shape" or "id-org-code-check")
            )
        )
            Assert.DoesNotContain(
                kept,
                f => f.Value.Length > 11 && c.Inputs.Values.Any(i => i.Value == f.Value && Numbers.Contains(i.Key))
            );
        Assert.All(Unkept, id => Assert.Contains(RuleSet.Current.Rules, r => r.Id == id));
    }

    static readonly string[] Numbers = ["vin", "imei", "tag", "battery"];

    [Fact]
    public void leaves_out_what_no_rule_asked_for()
    {
        var judged = RuleSet.Current.Judge(
            Trigger.RecordSale,
            "electronics",
            Ledger.Kernel.Jurisdiction.Sichuan,
            new(2026, 1, 5),
            Inputs.None.And("bearsData", true).And("dataState", "unknown").And("held", true)
        );
        var gate = Assert.Single(judged.Recorded, v => v.RuleId == "wipe-gate-resale");
        Assert.Equal(["bearsData", "dataState"], gate.Inputs.Keys);
    }
}
