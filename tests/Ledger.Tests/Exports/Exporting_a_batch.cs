using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Exports;

public sealed class Exporting_a_batch
{
    static readonly GrantLicence Licence = ExportScenario.Licence;
    static readonly ApplyForLicence Application = ExportScenario.Application;

    [Fact]
    public void Goes_from_draft_to_departure_and_uses_its_licence_up()
    {
        var world = new ExportScenario()
            .WithBatchOf(1, 2)
            .Do(Application)
            .Do(Licence)
            .Do(ExportScenario.Declaration(2));
        Assert.Equal(2, world.Leave(1).Length);
        Assert.Equal(BatchState.Declared, world.Standing!.State);
        var last = world.Leave(2);
        Assert.Equal(2, Assert.IsType<ExportLicenceConsumed>(last[1].Decision.Events[^1]).ClearedCount);
        Assert.Equal((BatchState.Consumed, Life.Exported), (world.Standing!.State, world.Car(2).Life));
    }

    [Fact]
    public void Is_noted_on_each_of_its_items_in_the_same_transaction()
    {
        var decisions = new ExportScenario().WithBatchOf(1, 2, 3).Decide(Application);
        Assert.Equal(4, decisions.Length);
        Assert.All(
            decisions[1..],
            d =>
            {
                var noted = Assert.IsType<LinkedFactNoted>(Assert.Single(d.Decision.Events));
                Assert.Equal(("export-licence-applied", ExportScenario.Batch), (noted.Evt, noted.Stream!.Id));
                Assert.Equal(ItemScenario.Id(7_000), noted.Ref);
            }
        );
        var said = Assert.IsType<ExportLicenceApplied>(decisions[0].Decision.Events[0]);
        Assert.Equal((3, new DateOnly(2026, 6, 1)), (said.Count, said.AppliedOn));
    }

    [Fact]
    public void Takes_twenty_and_not_the_twenty_first()
    {
        var world = new ExportScenario().WithBatchOf([.. Enumerable.Range(1, 20)]).Noted(21);
        Assert.Equal("batch-full", world.Refused(world.Adding(21)));
    }

    [Fact]
    public void Takes_one_HS_code()
    {
        var world = new ExportScenario().WithBatchOf(1).Noted(2);
        Assert.Equal("hs-code-differs", world.Refused(world.Adding(2, hs: "8703224010")));
    }

    [Fact]
    public void Takes_nothing_that_is_in_another_batch()
    {
        var world = new ExportScenario().WithBatchOf(1).Noted(2);
        world.Append(
            ItemScenario.Id(2),
            new LinkedFactNoted("batch-item-added", ItemScenario.Id(1), new(ItemScenario.Id(900)))
        );
        Assert.Equal("item-in-other-batch", world.Refused(world.Adding(2)));
        world.Append(
            ItemScenario.Id(2),
            new LinkedFactNoted("batch-item-removed", ItemScenario.Id(1), new(ItemScenario.Id(900)))
        );
        Assert.Equal("", world.Refused(world.Adding(2)));
    }

    [Fact]
    public void Says_nothing_of_an_item_it_has_already()
    {
        var world = new ExportScenario().WithBatchOf(1);
        Assert.Empty(world.Decide(world.Adding(1))[0].Decision.Events);
    }

    [Fact]
    public void Needs_an_exporter_that_is_approved()
    {
        Assert.Equal("exporter-not-found", new ExportScenario().Refused(ExportScenario.Draft()));
        Assert.Equal(
            "exporter-not-approved",
            new ExportScenario().Filed(approved: false).Refused(ExportScenario.Draft())
        );
        var world = new ExportScenario().WithBatchOf(1).Do(ExportScenario.Suspension);
        Assert.Equal("exporter-not-approved", world.Refused(Application));
    }

    [Fact]
    public void Is_stopped_at_customs_by_a_suspension_after_its_licence()
    {
        var world = new ExportScenario().WithBatchOf(1).Do(Application).Do(Licence).Do(ExportScenario.Suspension);
        Assert.Equal("exporter-not-approved", world.Refused(ExportScenario.Declaration(1)));
        Assert.Equal("", world.Do(ExportScenario.Reinstatement).Refused(ExportScenario.Declaration(1)));
    }

    [Fact]
    public void Is_not_applied_for_while_it_is_empty() =>
        Assert.Equal("batch-empty", new ExportScenario().Filed().Do(ExportScenario.Draft()).Refused(Application));

    [Theory]
    [InlineData("2026-01-10", "2026-07-09", "needs-after-sale-confirmation")]
    [InlineData("2026-01-10", "2026-07-10", "")]
    [InlineData("2025-12-01", "2025-12-31", "")]
    public void Needs_the_makers_word_up_to_180_days(string registered, string applied, string expected)
    {
        var world = new ExportScenario { Now = At("2025-12-31") }
            .Filed()
            .Do(ExportScenario.Draft());
        world.Now = At(applied);
        world.Noted(1, Day(registered)).Do(world.Adding(1));
        Assert.Equal(expected, world.Refused(Application));
    }

    [Theory]
    [InlineData("AE", "")]
    [InlineData("KE", "destination-differs")]
    public void Needs_it_for_its_destination(string confirmed, string expected)
    {
        var world = new ExportScenario().Filed().Do(ExportScenario.Draft());
        world.Noted(1, new(2026, 5, 1)).Do(world.Adding(1));
        world.Append(ItemScenario.Id(1), new AfterSaleConfirmationAttached("maker", confirmed, null, "seal"));
        Assert.Equal(expected, world.Refused(Application));
    }

    [Fact]
    public void Says_the_four_fields_as_the_certificate_does()
    {
        var world = new ExportScenario().Filed().Do(ExportScenario.Draft()).Noted(1);
        // NFKC and trimming only.
        Assert.Equal("", world.Do(world.Adding(1, " 帕萨特 ")).Refused(Application));
        var other = new ExportScenario().Filed().Do(ExportScenario.Draft()).Noted(1);
        var refusal = Assert.Single(other.Do(other.Adding(1, "帕萨待")).Decide(Application)[1].Decision.Refusals);
        Assert.Equal(("four-fields-differ", "model"), (refusal.Code, refusal.With["fields"]));
        Assert.Equal($"items.{ItemScenario.Id(1)}", refusal.Field);
    }

    /// <summary>What neither the certificate nor the batch tells is not the same: nobody has compared it.</summary>
    [Fact]
    public void Does_not_take_two_silences_for_the_same()
    {
        var world = new ExportScenario().Filed().Do(ExportScenario.Draft());
        world.Append(
            ItemScenario.Id(1),
            new ItemRegistered(
                "used-car",
                [],
                "大众",
                FirstRegistered: new(2020, 3, 15),
                Owner: PartyRef.Organisation(ExportScenario.Code)
            )
        );
        var refusal = Assert.Single(
            world.Noted(1).Do(world.Adding(1, model: null)).Decide(Application)[1].Decision.Refusals
        );
        Assert.Equal(("four-fields-differ", "model"), (refusal.Code, refusal.With["fields"]));
    }

    /// <summary>The owner is asked when a car joins, and at every step after: what was sold meanwhile is not the
    /// exporter's to send.</summary>
    [Fact]
    public void Sends_nothing_that_was_sold_meanwhile()
    {
        var sold = new OwnershipTransferred(NewOwner: ItemScenario.Buyer);
        string At(Action<ExportScenario> before, LedgerCommand act)
        {
            var world = new ExportScenario().WithBatchOf(1, 2);
            before(world);
            world.Append(ItemScenario.Id(2), sold);
            return world.Refused(act);
        }
        Assert.Equal("exporter-not-owner", At(_ => { }, Application));
        Assert.Equal("exporter-not-owner", At(w => w.Do(Application).Do(Licence), ExportScenario.Declaration(2)));
        Assert.Equal(
            "exporter-not-owner",
            At(
                w => w.Do(Application).Do(Licence).Do(ExportScenario.Declaration(2)),
                new ExportItem(new(2026, 6, 1), "上海") { Item = ItemScenario.Id(2) }
            )
        );
        var unknown = new ExportScenario().Filed().Do(ExportScenario.Draft());
        unknown.Append(ItemScenario.Id(3), new ItemRegistered("used-car", [], "大众"));
        Assert.Equal("exporter-not-owner", unknown.Refused(unknown.Adding(3)));
    }

    [Theory]
    [InlineData("2026-06-29", "")]
    [InlineData("2026-06-30", "within-one-year-of-scrap")]
    public void Keeps_a_year_before_the_scrap_limit(string day, string expected)
    {
        // A small taxi of 2019-06-30 is scrapped on 2027-06-30.
        var world = new ExportScenario { Now = At("2026-06-01") }
            .Filed()
            .Do(ExportScenario.Draft());
        world.Noted(1, new(2019, 6, 30)).Do(world.Adding(1));
        world.Now = At(day);
        Assert.Equal(expected, world.Refused(Application));
    }

    [Fact]
    public void Is_stopped_by_a_hold_that_came_after_the_licence()
    {
        var world = new ExportScenario().WithBatchOf(1).Do(Application).Do(Licence);
        world.Append(ItemScenario.Id(1), new HoldPlaced(ItemScenario.Hold, HoldAuthority.Court, "1"));
        Assert.Equal("held-by-authority", world.Refused(ExportScenario.Declaration(1)));
        world.Append(ItemScenario.Id(1), new HoldReleased(ItemScenario.Hold));
        Assert.Equal("", world.Refused(ExportScenario.Declaration(1)));
    }

    [Fact]
    public void Is_declared_whole_and_in_time()
    {
        var world = new ExportScenario().WithBatchOf(1, 2).Do(Application).Do(Licence);
        Assert.Equal("count-differs", world.Refused(ExportScenario.Declaration(1)));
        world.Now = At("2027-01-01");
        Assert.Equal("licence-expired", world.Refused(ExportScenario.Declaration(2)));
    }

    [Fact]
    public void Cannot_use_a_licence_twice()
    {
        var world = new ExportScenario().WithBatchOf(1).Do(Application).Do(Licence).Do(ExportScenario.Declaration(1));
        world.Do(ExportScenario.Withdrawal);
        Assert.Equal("", world.Refused(ExportScenario.Declaration(1)));
        world.Do(ExportScenario.Declaration(1));
        Assert.Equal("wrong-state", world.Refused(ExportScenario.Declaration(1)));
    }

    [Fact]
    public void Goes_back_to_the_draft_when_the_licence_is_refused_or_returned()
    {
        var world = new ExportScenario().WithBatchOf(1).Do(Application).Do(ExportScenario.Refusal);
        Assert.Equal(BatchState.Drafted, world.Standing!.State);
        world.Do(Application).Do(Licence).Do(ExportScenario.Return);
        Assert.Equal((BatchState.Drafted, null), (world.Standing!.State, world.Standing.Licence));
        world.Do(ExportScenario.Taking(1));
        Assert.Null(world.Car(1).Export.Batch);
    }

    [Fact]
    public void Lets_nothing_leave_before_it_is_declared()
    {
        var world = new ExportScenario().WithBatchOf(1).Do(Application).Do(Licence);
        Assert.Equal("not-declared", ExportScenario.Codes(world.Leave(1)));
        world.Do(ExportScenario.Declaration(1));
        world.Leave(1);
        Assert.Equal("wrong-state", ExportScenario.Codes(world.Leave(1)));
        Assert.Equal("wrong-state", world.Refused(ExportScenario.Withdrawal));
    }

    [Fact]
    public void Shows_which_rule_stands_in_the_way_and_until_when()
    {
        var world = new ExportScenario().Filed().Do(ExportScenario.Draft());
        world.Noted(1, new(2026, 1, 10)).Do(world.Adding(1));
        var list = BatchChecklist.Of(
            world.Standing!,
            null,
            new Dictionary<Guid, Item?> { [ItemScenario.Id(1)] = world.Car(1) },
            RuleSet.Current,
            new(2026, 6, 1)
        );
        Assert.False(list.IsReady);
        Assert.Contains(list.Whole, a => a.Rule.Id == "export-exporter-qualified" && a.Blocks);
        var young = Assert.Single(list.Items[ItemScenario.Id(1)], a => a.Blocks);
        Assert.Equal(("export-after-sale-180", new DateOnly(2026, 7, 10)), (young.Rule.Id, young.Otherwise));
    }

    static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static DateTimeOffset At(string day) => ShanghaiDay.Start(Day(day)).AddHours(10);
}
