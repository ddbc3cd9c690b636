using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests.Exports;

public sealed class Noting_for_export
{
    [Theory]
    [InlineData("2026-03-06", null, "pending-export-annotated")]
    [InlineData("2026-03-07", null, "temp-plate-too-long")]
    [InlineData("2026-03-06", "2026-03-05", "insurance-shorter")]
    public void Gives_a_plate_for_sixty_days_that_is_insured(string plate, string? insured, string expected) =>
        Assert.Equal(
            expected,
            ItemScenario.Outcome(new ItemScenario().Registered().Decide(SampleCommands.ExportNote(plate, insured)))
        );

    [Fact]
    public void Needs_a_plate_for_a_car() =>
        Assert.Equal(
            "value-missing",
            ItemScenario.Code(
                new ItemScenario().Registered().Decide(new AnnotateExport(new(2026, 1, 5), null, null, null))
            )
        );

    [Fact]
    public void Is_refused_while_a_lien_or_a_hold_is_open()
    {
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(
                new ItemScenario().Registered().Then(SampleCommands.Pledge()).Decide(SampleCommands.ExportNote())
            )
        );
        Assert.Equal(
            "held-by-authority",
            ItemScenario.Code(
                new ItemScenario().Registered().Then(SampleCommands.Seizure()).Decide(SampleCommands.ExportNote())
            )
        );
    }

    [Fact]
    public void Takes_the_car_off_the_market_until_it_is_cancelled()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.ExportNote());
        Assert.Equal(Life.ExportPending, story.State.Life);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(ItemScenario.Offer())));
        Assert.Equal(Life.Stocked, story.Then(new CancelExport("sold at home")).State.Life);
    }

    [Fact]
    public void Is_not_cancelled_while_the_car_is_in_a_batch()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.ExportNote());
        story.Append(new LinkedFactNoted("batch-item-added", ItemScenario.Id(1), new(ExportScenario.Batch)));
        Assert.Equal("item-in-other-batch", ItemScenario.Code(story.Decide(new CancelExport("sold at home"))));
    }

    [Fact]
    public void Takes_a_confirmation_that_names_this_vehicle()
    {
        var other = new AttachAfterSaleConfirmation(
            "maker",
            "AE",
            ItemScenario.Named("vin:1M8GDM9AXKP042788"),
            null,
            "seal"
        );
        Assert.Equal("vehicle-not-named", ItemScenario.Code(new ItemScenario().Registered().Decide(other)));
    }

    [Fact]
    public void Comes_back_as_it_was_before()
    {
        var story = new ItemScenario().Registered().Observe(new ItemExported()).Then(new ReimportItem(new(2026, 1, 5)));
        Assert.Equal((Life.Held, null), (story.State.Life, story.State.Export.Annotation));
    }
}
