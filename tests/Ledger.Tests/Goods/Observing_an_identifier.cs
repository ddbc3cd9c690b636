using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

/// <summary>Another register says what else a thing is called by.</summary>
public sealed class Observing_an_identifier
{
    static readonly NamedIdentifier Other = Story.Named("vin:1M8GDM9AXKP042788");
    static readonly GuardKey Row = ItemReservations.Alias(Other.Identifier);

    static ObserveFact Adding(NamedIdentifier identifier, RegisterItem? registration = null) =>
        new(new ItemIdentifierAdded(identifier.Ref), registration) { Adds = identifier };

    [Fact]
    public void binds_it_where_it_is_free()
    {
        var story = new Story().Registered();
        var decision = story.Decide(Adding(Other));
        Assert.Equal("item-identifier-added", Story.Outcome(decision));
        Assert.Equal(new GuardChange(Row, null, $"{Story.Item}"), Assert.Single(decision.Guards));
    }

    [Fact]
    public void takes_nothing_where_it_is_its_own_already()
    {
        var story = new Story().Registered();
        story.Guards[Row] = $"{Story.Item}";
        var decision = story.Decide(Adding(Other));
        Assert.Equal("item-identifier-added", Story.Outcome(decision));
        Assert.Empty(decision.Guards);
    }

    [Fact]
    public void is_refused_where_another_thing_bears_it()
    {
        var story = new Story().Registered();
        story.Guards[Row] = $"{Story.Stranger}";
        var refusal = Assert.Single(story.Decide(Adding(Other)).Refusals);
        Assert.Equal(("alias-taken", "facts"), (refusal.Code, refusal.Field));
        Assert.Equal($"{Other.Identifier}", $"{refusal.With["value"]}");
    }

    /// <summary>What another register holds is not refused for its check digit: the verdict is kept.</summary>
    [Fact]
    public void keeps_the_verdict_of_its_check_digit_by_the_things_own_category()
    {
        var wrong = Story.Named("vin:1HGCM82643A004352");
        foreach (var story in (Story[])[new Story().Registered(), new Story()])
        {
            var decision = story.Decide(Adding(wrong, story.Registration()));
            Assert.False(decision.IsRefused);
            Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("id-vin-check-strict", Result.Hit));
        }
    }

    [Fact]
    public void says_out_of_sequence_where_no_deal_goes_on()
    {
        LedgerEvent[] ofADeal =
        [
            new DealAgreed(Story.Deal, 1, "CNY"),
            new DealPaymentRecorded(Story.Deal, 1, "CNY"),
            new DealInvoiced(Story.Deal),
            new InvoiceVoided(Story.Deal, "x"),
        ];
        foreach (var fact in ofADeal)
        {
            Assert.Contains(Sequence(new Story().Registered(), fact), v => v.Inputs["life"] == "held");
            Assert.Empty(Sequence(new Story().Opened(), fact));
        }

        static IEnumerable<Verdict> Sequence(Story story, LedgerEvent fact) =>
            story.Decide(new ObserveFact(fact, null)).Verdicts.Where(v => v.RuleId == "out-of-sequence");
    }

    /// <summary>A fact of the very instant of the newest one is no late one.</summary>
    [Fact]
    public void is_judged_on_what_stood_at_its_own_instant()
    {
        var story = new Story().Registered().Then(Acts.Pledge());
        var pledged = story.History.Events[^1].Envelope.OccurredAt;
        bool Encumbered(DateTimeOffset at) =>
            story
                .Decide(new ObserveFact(new OwnershipTransferred(NewOwner: Story.Third), null), at)
                .Verdicts.Any(v => v is { RuleId: "trade-prohibited-encumbered", Result: Result.Hit });
        Assert.True(Encumbered(pledged));
        Assert.False(Encumbered(pledged.AddMilliseconds(-1)));
    }
}
