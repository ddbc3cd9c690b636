using System.Text;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Rules;
using Support;

namespace Ledger.Tests.Goods;

[TakesLong]
public sealed class Every_command_in_every_state
{
    const string File = "every-command-in-every-state.md";

    public static TheoryData<string, string> Categories =>
        [.. from c in Kinds from s in SampleCommands.States select (c, s.Name)];

    // One that passes by a station, one by hand-over, one that bears data.
    static readonly string[] Kinds = ["used-car", "furniture", "electronics"];

    /// <summary>Read by eye once; a decider that answers differently changes this file.</summary>
    [Fact]
    public void answers_as_approved()
    {
        var text = new StringBuilder("# Every command in every state\n");
        foreach (var category in Kinds)
        {
            text.Append('\n')
                .Append("## ")
                .Append(category)
                .Append("\n\n| ")
                .AppendJoin(" | ", SampleCommands.States.Select(s => s.Name).Prepend("command"))
                .Append(" |\n|")
                .Append(string.Concat(Enumerable.Repeat("---|", SampleCommands.States.Count + 1)))
                .Append('\n');
            foreach (var (name, command) in SampleCommands.All)
            {
                text.Append("| ").Append(name);
                foreach (var (state, _) in SampleCommands.States)
                {
                    var story = SampleCommands.At(state, category);
                    text.Append(" | ").Append(ItemScenario.Outcome(story.Decide(command(story))));
                }
                text.Append(" |\n");
            }
        }
        Assert.Null(Approved.Differs(text.ToString(), File));
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void answers_events_or_refusals_and_never_both(string category, string state)
    {
        foreach (var (name, command) in SampleCommands.All)
        {
            var story = SampleCommands.At(state, category);
            var decision = story.Decide(command(story));
            Assert.True(decision.Events.IsEmpty || decision.Refusals.IsEmpty, name);
            Assert.True(decision.Refusals.All(r => RefusalCatalog.Find(r.Code) is not null), name);
        }
    }

    /// <summary>An act that moves the item or its deal, is refused or says nothing the second time.</summary>
    [Theory]
    [MemberData(nameof(Categories))]
    public void moves_nothing_the_second_time(string category, string state)
    {
        foreach (var (name, command) in SampleCommands.All.Where(a => !Repeatable.Contains(a.Name)))
        {
            var story = SampleCommands.At(state, category);
            var first = command(story);
            if (story.Decide(first).IsRefused)
                continue;
            var second = story.Then(first).Decide(first);
            Assert.True(second.IsRefused || second.Events.IsEmpty, $"{name}: {ItemScenario.Outcome(second)}");
        }
    }

    /// <summary>Observations and claims may truly come twice; there the idempotency key tells a repeat.</summary>
    static readonly string[] Repeatable =
    [
        "inspect",
        "grade",
        "read odometer",
        "repair",
        "brand",
        "disclose",
        "check vehicle",
        "consent to wipe",
        "hand on",
        "appraise",
        "resolve brand",
        "inspect periodically",
        "replace part",
        "refurbish",
        "issue refurbishing grade",
        "start warranty",
        "record registration",
        "lose document",
        "reissue document",
        "alter",
        "declare sale",
        "divert classified",
        "complain",
        "inspect for export",
        "attach confirmation",
        "issue bundle",
        "register lien",
        "extend lien",
        "change lessee",
        "place hold",
        "correct",
        "observe transfer",
        "record sale",
    ];

    [Fact]
    public void covers_every_command_type()
    {
        var story = new ItemScenario().Registered();
        // What stands on several streams at once has tests of its own.
        var all = typeof(ItemCommand)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ItemCommand)) && !t.IsAbstract)
            .Where(t => t.BaseType != typeof(IdentityCommand) && t.BaseType != typeof(BorderCommand));
        Assert.Empty(all.Except(SampleCommands.All.Select(a => a.Command(story).GetType())).Select(t => t.Name));
    }

    /// <summary>No command reaches the end yet, so its reservation is asked directly.</summary>
    [Fact]
    public void is_refused_once_the_item_has_ended()
    {
        var known = new ItemScenario().Registered();
        foreach (var (name, command) in SampleCommands.All)
        {
            if (name is "register" or "correct" or "void" or "observe transfer" or "issue bundle")
                continue;
            var story = new ItemScenario();
            story.Registered();
            var history = EndedHistory(story);
            var decision = ItemDecisions.Decide(
                command(known),
                history,
                new(story.Clock, story.Clock, RuleSet.Current, ItemScenario.By),
                story.Reservations
            );
            Assert.Equal((name, "item-ended"), (name, ItemScenario.Code(decision)));
        }
    }

    [Fact]
    public void is_refused_from_the_future_beyond_five_minutes()
    {
        foreach (var (name, command) in SampleCommands.All)
        {
            var scenario = new Scenario();
            var given = command(new ItemScenario().Registered()) with { Item = ItemScenario.Item };
            Assert.Equal(
                (name, "occurred-in-future"),
                (name, scenario.Says(given, at: scenario.Now.AddMinutes(5).AddMilliseconds(1)))
            );
        }
        var fresh = new Scenario();
        var registration = new ItemScenario().Registration() with { Item = ItemScenario.Item };
        Assert.Equal("item-registered", fresh.Says(registration, at: fresh.Now.AddMinutes(5)));
    }

    // State has no public setter on purpose; the fold cannot end an item before the recovery events exist.
    static ItemHistory EndedHistory(ItemScenario story)
    {
        var history = story.History;
        typeof(ItemHistory).GetProperty(nameof(ItemHistory.State))!.SetValue(history, ItemScenario.Ended());
        return history;
    }
}
