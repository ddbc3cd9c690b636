using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Tests.Goods;

public sealed class Conflicting_identities
{
    static readonly Guid Second = ItemScenario.Id(90);
    static readonly NamedIdentifier Vin = ItemScenario.Named(ItemScenario.Identifier("used-car"));
    readonly ItemScenario first = new ItemScenario().Registered();

    [Fact]
    public void stand_on_both_things_and_name_each_other()
    {
        var decided = Raise(first.State, Vin, "photo");
        Assert.Equal([Second, first.State.Id], decided.Select(d => d.Stream));
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        Assert.Equal(Second, Assert.Single(one.Conflicts).Other);
        Assert.Equal(first.State.Id, Assert.Single(two.Conflicts).Other);
        Assert.Equal("used-car", two.Category);
        // The first one keeps the identifier: it is bound once, and nothing is taken.
        Assert.Empty(two.Identifiers);
        Assert.All(decided, d => Assert.Empty(d.Decision.Reservations));
    }

    [Fact]
    public void end_on_both_when_somebody_has_decided()
    {
        var decided = Raise(first.State, Vin, "photo");
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        var resolved = Resolve(one, two, Second, "report");
        Assert.Empty(After(resolved, one.Id, one).Conflicts);
        Assert.Empty(After(resolved, two.Id, two).Conflicts);
        Assert.Equal("conflict-not-found", Code(Resolve(After(resolved, one.Id, one), two, Second, "report")));
    }

    [Fact]
    public void need_evidence_and_an_identifier_that_both_bear()
    {
        Assert.Equal("evidence-missing", Code(Raise(first.State, Vin, null)));
        Assert.Equal(
            "identifier-not-held",
            Code(Raise(first.State, ItemScenario.Named("vin:1HGCM82633A004352"), "photo"))
        );
        Assert.Equal("item-not-found", Code(Raise(null, Vin, "photo")));
        var decided = Raise(first.State, Vin, "photo");
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        Assert.Equal("evidence-missing", Code(Resolve(one, two, Second, null)));
        Assert.Equal("value-malformed", Code(Resolve(one, two, ItemScenario.Id(91), "report")));
        Assert.Equal("item-not-found", Code(Resolve(null, two, Second, "report")));
        Assert.Equal("conflict-not-found", Code(Resolve(one, null, Second, "report")));
    }

    [Fact]
    public void are_not_put_before_what_is_known()
    {
        var early = first.State.LastAt.AddMinutes(-1);
        Assert.Equal("occurred-too-early", Code(Raise(first.State, Vin, "photo", early)));
        var decided = Raise(first.State, Vin, "photo");
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        Assert.Equal("occurred-too-early", Code(Resolve(one, two, Second, "report", early)));
    }

    ImmutableArray<StreamDecision> Raise(
        Item? item,
        NamedIdentifier identifier,
        string? evidence,
        DateTimeOffset? at = null
    ) =>
        IdentityDecider.Raise(
            new(identifier, evidence, new(Second, "", [identifier], "Make")) { Item = first.State.Id },
            item,
            At(at ?? first.State.LastAt)
        );

    ImmutableArray<StreamDecision> Resolve(
        Item? one,
        Item? two,
        Guid genuine,
        string? evidence,
        DateTimeOffset? at = null
    ) =>
        IdentityDecider.Resolve(
            new(Second, genuine, "police", evidence) { Item = first.State.Id },
            one,
            two,
            At(at ?? first.State.LastAt)
        );

    static Situation At(DateTimeOffset at) => new(at, at, RuleSet.Current, ItemScenario.By);

    /// <summary>The item after what was decided of it.</summary>
    Item After(ImmutableArray<StreamDecision> decided, Guid id, Item? before = null)
    {
        var item = before ?? (id == first.State.Id ? first.State : null);
        foreach (var e in decided.Single(d => d.Stream == id).Decision.Events)
            item = ItemFold.Evolve(
                item,
                new(
                    ItemScenario.Id(91),
                    id,
                    1,
                    first.State.LastAt,
                    e,
                    new("k", first.State.LastAt, "police", "POL", RuleSet.Current.Version)
                )
                {
                    Type = EventCatalog.Of(e).WireName,
                }
            );
        return item!;
    }

    static string Code(ImmutableArray<StreamDecision> decided) =>
        Assert.Single(decided.SelectMany(d => d.Decision.Refusals)).Code;

    [Fact]
    public void are_refused_with_what_is_wrong_and_where()
    {
        static (string, string?) Told(ImmutableArray<StreamDecision> decided) =>
            decided[0].Decision.Refusals[0] is var r
                ? (string.Join(' ', r.With.Select(w => $"{w.Key}={w.Value}").Order(StringComparer.Ordinal)), r.Field)
                : default;

        Assert.Equal(("", "evidence"), Told(Raise(first.State, Vin, null)));
        Assert.Equal(
            ("value=vin:1HGCM82633A004352", "identifier"),
            Told(Raise(first.State, ItemScenario.Named("vin:1HGCM82633A004352"), "photo"))
        );
        var decided = Raise(first.State, Vin, "photo");
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        Assert.Equal(($"value={Second}", "other"), Told(Resolve(one, null, Second, "report")));
        Assert.Equal(("", "evidence"), Told(Resolve(one, two, Second, null)));
        var (told, field) = Told(Resolve(one, two, ItemScenario.Id(91), "report"));
        Assert.Equal("genuine", field);
        Assert.Contains($"expected={one.Id}, {two.Id}", told, StringComparison.Ordinal);
        Assert.Contains("name=genuine", told, StringComparison.Ordinal);
    }

    /// <summary>What is known of either thing bounds it.</summary>
    [Fact]
    public void end_no_earlier_than_what_is_known_of_the_later_one()
    {
        var decided = Raise(first.State, Vin, "photo");
        var (one, two) = (After(decided, first.State.Id), After(decided, Second));
        var late = one.LastAt.AddDays(1);
        foreach (var (a, b) in ((Item, Item)[])[(one with { LastAt = late }, two), (one, two with { LastAt = late })])
        {
            Assert.Equal("occurred-too-early", Code(Resolve(a, b, Second, "report", one.LastAt)));
            Assert.False(Resolve(a, b, Second, "report", late)[0].Decision.IsRefused);
        }
    }
}
