using System.Text.Json;
using CsCheck;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class Folding_a_history
{
    static readonly LedgerEvent[] Facts = [.. Samples.OfItems.Where(e => e is not ItemRegistered)];

    /// <summary>A registration and then any facts, a minute apart; some are answered later.</summary>
    static readonly Gen<StoredEvent[]> Histories = Gen.Select(
            Gen.Int[0, Facts.Length - 1].Array[0, 12],
            Gen.Int[0, 40].Array[0, 4]
        )
        .Select(
            (facts, answers) =>
            {
                var story = new ItemScenario().Registered();
                foreach (var f in facts)
                    story.Append(Facts[f]);
                foreach (var a in answers)
                    if (a < story.History.Events.Count && Answer(story.History.Events[a], a % 2 == 0) is { } answer)
                        story.Append(answer);
                return story.History.Events.ToArray();
            }
        );

    static LedgerEvent? Answer(StoredEvent e, bool voids)
    {
        // A voided registration leaves no item: nothing to compare.
        if (e.Event is ItemRegistered or ICorrection)
            return null;
        var type = (voids ? typeof(Voided<>) : typeof(Corrected<>)).MakeGenericType(e.Event.GetType());
        return EventCatalog.OfType(type) is null
            ? null
            : (LedgerEvent)
                Activator.CreateInstance(type, voids ? [e.EventId, "r", null] : [e.EventId, "r", e.Event, null])!;
    }

    static string Text(Item? item) => JsonSerializer.Serialize(item, WireJson.Options);

    [Fact]
    public void does_not_depend_on_the_order_of_append() =>
        Gen.Select(Histories, Gen.Int.Array[20])
            .Sample(
                (history, order) =>
                {
                    var shuffled = history.Zip(order).OrderBy(p => p.Second).Select(p => p.First).ToArray();
                    // A stream numbers what it gets, so the shuffled ones are numbered anew.
                    var appended = shuffled.Select((e, i) => e with { Version = i + 1 }).ToArray();
                    if (!SameAnswers(history, appended))
                        return;
                    Assert.Equal(Text(ItemFold.Fold(history)), Text(ItemFold.Fold(appended)));
                },
                iter: 1_000
            );

    // Two answers to one event are told apart by their version, which a shuffle changes.
    static bool SameAnswers(StoredEvent[] history, StoredEvent[] appended) =>
        history
            .Where(e => e.Event is ICorrection)
            .Select(e => e.EventId)
            .SequenceEqual(appended.Where(e => e.Event is ICorrection).Select(e => e.EventId));

    [Fact]
    public void is_the_same_step_by_step() =>
        Gen.Select(Histories, Gen.Int.Array[20])
            .Sample(
                (history, order) =>
                {
                    var grown = new ItemHistory(ItemScenario.Item);
                    foreach (var e in Shuffled(history, order).Select((e, i) => e with { Version = i + 1 }))
                    {
                        grown.Append(e);
                        Assert.Equal(Text(ItemFold.Fold(grown.Events)), Text(grown.State));
                        Assert.Equal(Text(grown.State), Text(new ItemHistory(ItemScenario.Item, grown.Events).State));
                    }
                    Assert.Equal(history.Length, grown.Version);
                },
                iter: 500
            );

    // An answer stands behind its target: the decider refuses a target that is not there yet.
    static IEnumerable<StoredEvent> Shuffled(StoredEvent[] history, int[] order)
    {
        var place = history.Zip(order).ToDictionary(p => p.First.EventId, p => p.Second);
        return history.OrderBy(e =>
            e.Event is ICorrection c ? Math.Max(place[e.EventId], place[c.Target]) : place[e.EventId]
        );
    }

    [Fact]
    public void of_corrections_in_place_leaves_the_state() =>
        Histories.Sample(
            history =>
            {
                var corrected = history
                    .Concat(
                        history
                            .Where(e => e.Event is not ICorrection and not ItemRegistered)
                            .Select(e =>
                                Answer(e, voids: false) is { } answer
                                    ? e with
                                    {
                                        Event = answer,
                                        Version = e.Version + 100,
                                    }
                                    : null
                            )
                            .OfType<StoredEvent>()
                    )
                    .ToArray();
                Assert.Equal(Text(ItemFold.Fold(history)), Text(ItemFold.Fold(corrected)));
            },
            iter: 500
        );

    [Fact]
    public void at_one_instant_follows_the_stream()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller);
        var at = story.Clock;
        story.Append(new ItemGraded(Grade: 2), at).Append(new ItemGraded(Grade: 1), at);
        Assert.Equal(1, story.State.Condition.Grade);
    }

    static readonly Item?[] States = [.. SampleCommands.States.Select(s => s.Reach(new()).History.State)];

    public static TheoryData<string> WireNames => [.. EventCatalog.All.Select(l => l.WireName)];

    [Theory]
    [MemberData(nameof(WireNames))]
    public void knows_every_event_in_every_life(string wireName)
    {
        var sample = Samples.Of(EventCatalog.OfWireName(wireName)!.Type);
        foreach (var life in Enum.GetValues<Life>())
        foreach (var state in States)
        {
            var item = state is null ? null : state with { Life = life };
            var next = ItemFold.Evolve(item, Fact(sample));
            Assert.Equal(item is null && sample is not ItemRegistered, next is null);
            if (item is null || next is null)
                continue;
            Assert.Equal(ItemScenario.Id(77), next.LastEvent);
            if (life is Life.Ended)
                Assert.Equal((Life.Ended, item.Owner), (next.Life, next.Owner));
        }
    }

    [Theory]
    [MemberData(nameof(WireNames))]
    public void knows_every_event_that_says_nothing(string wireName)
    {
        var empty = (LedgerEvent)
            JsonSerializer.Deserialize("{}", EventCatalog.OfWireName(wireName)!.Type, WireJson.Options)!;
        foreach (var state in States.Skip(1))
            Assert.NotNull(ItemFold.Evolve(state, Fact(empty)));
    }

    static StoredEvent Fact(LedgerEvent e) =>
        new(
            ItemScenario.Id(77),
            ItemScenario.Item,
            99,
            ItemScenario.Start,
            e,
            new("key", ItemScenario.Start.AddDays(9), ItemScenario.Clerk, "CLK", "")
        )
        {
            Type = EventCatalog.Of(e).WireName,
        };

    [Fact]
    public void moves_a_life_by_its_table_only()
    {
        foreach (var line in EventCatalog.All.Where(l => l.Kind == GoodsStreams.Item))
        foreach (var life in Enum.GetValues<Life>())
        {
            var item = ItemScenario.Ended() with { Life = life, CameFrom = Life.Held };
            var sample = Samples.Of(line.Type);
            var row = LifeTable.Rows.FirstOrDefault(r => r.Event == line.Type && r.From.Contains(life));
            if (row is not null)
                Assert.Equal(
                    (line.Name, life, row.To ?? Life.Held),
                    (line.Name, life, LifeTable.Next(item, sample).Life)
                );
            else if (LifeTable.Rows.All(r => r.Event != line.Type))
                Assert.Equal(life, LifeTable.Next(item, sample).Life);
            else
                Assert.False(LifeTable.Fits(item, sample), $"{line.Name} from {life}");
        }
    }

    [Fact]
    public void puts_a_late_entry_in_its_place_also_behind_what_was_read()
    {
        var walk = new ItemScenario().Registered().Then(ItemScenario.Offer());
        walk.Append(new ListingRepriced(ItemScenario.Listing, 900), ItemScenario.Start.AddHours(2));
        var read = new ItemHistory(ItemScenario.Item, walk.History.Events);
        var price = walk.History.Events[^1] with
        {
            EventId = ItemScenario.Id(70),
            Version = read.Version + 1,
            Event = new ListingRepriced(ItemScenario.Listing, 800),
        };
        read.Append(price with { Envelope = price.Envelope with { OccurredAt = ItemScenario.Start.AddHours(1) } });
        Assert.Equal(900, read.State!.Trade.OpenListing!.AskFen);
        read.Append(
            price with
            {
                Version = read.Version + 1,
                Envelope = price.Envelope with { OccurredAt = ItemScenario.Start.AddHours(3) },
            }
        );
        Assert.Equal(800, read.State!.Trade.OpenListing!.AskFen);
    }

    [Fact]
    public void is_read_as_of_an_instant_and_as_known_at_one_both_included()
    {
        var history = new ItemScenario().Registered().Then(ItemScenario.Offer()).History;
        var second = history.Events[^1];
        var (at, known) = (second.Envelope.OccurredAt, second.RecordedAt);
        var tick = TimeSpan.FromMilliseconds(1);
        Assert.Contains(second, history.Read(asOf: Moment.Of(at)));
        Assert.DoesNotContain(second, history.Read(asOf: Moment.Of(at - tick)));
        Assert.Contains(second, history.Read(knownAt: known));
        Assert.DoesNotContain(second, history.Read(knownAt: known - tick));
        Assert.Equal(history.Events.Count, history.Read().Length);
    }

    /// <summary>A register that reports a registration of a known thing, of an earlier day, opens it no second time: it
    /// keeps its category and what it bears.</summary>
    [Fact]
    public void is_opened_by_the_registration_that_was_recorded_first()
    {
        var story = new ItemScenario().Registered();
        var before = story.State;
        story.Observe(new ItemRegistered("", [], "Other"), ItemScenario.Start.AddYears(-5));
        Assert.Equal(
            (before.Category, before.Make, before.ScrapCategory),
            (story.State.Category, story.State.Make, story.State.ScrapCategory)
        );
        Assert.Equal(before.Identifiers, story.State.Identifiers);
    }
}
