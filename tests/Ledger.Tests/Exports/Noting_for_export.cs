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
        Assert.Equal(expected, Story.Outcome(new Story().Registered().Decide(Acts.ExportNote(plate, insured))));

    [Fact]
    public void Needs_a_plate_for_a_car() =>
        Assert.Equal(
            "value-missing",
            Story.Code(new Story().Registered().Decide(new AnnotateExport(new(2026, 1, 5), null, null, null)))
        );

    [Fact]
    public void Is_refused_while_a_lien_or_a_hold_is_open()
    {
        Assert.Equal("encumbered", Story.Code(new Story().Registered().Then(Acts.Pledge()).Decide(Acts.ExportNote())));
        Assert.Equal(
            "held-by-authority",
            Story.Code(new Story().Registered().Then(Acts.Seizure()).Decide(Acts.ExportNote()))
        );
    }

    [Fact]
    public void Takes_the_car_off_the_market_until_it_is_cancelled()
    {
        var story = new Story().Registered().Then(Acts.ExportNote());
        Assert.Equal(Life.ExportPending, story.State.Life);
        Assert.Equal("wrong-state", Story.Code(story.Decide(Story.Offer())));
        Assert.Equal(Life.Stocked, story.Then(new CancelExport("sold at home")).State.Life);
    }

    [Fact]
    public void Is_not_cancelled_while_the_car_is_in_a_batch()
    {
        var story = new Story().Registered().Then(Acts.ExportNote());
        story.Append(new LinkedFactNoted("batch-item-added", Story.Id(1), new(ExportScenario.Batch)));
        Assert.Equal("item-in-other-batch", Story.Code(story.Decide(new CancelExport("sold at home"))));
    }

    [Fact]
    public void Takes_a_confirmation_that_names_this_vehicle()
    {
        var other = new AttachAfterSaleConfirmation("maker", "AE", Story.Named("vin:1M8GDM9AXKP042788"), null, "seal");
        Assert.Equal("vehicle-not-named", Story.Code(new Story().Registered().Decide(other)));
    }

    [Fact]
    public void Comes_back_as_it_was_before()
    {
        var story = new Story().Registered().Observe(new ItemExported()).Then(new ReimportItem(new(2026, 1, 5)));
        Assert.Equal((Life.Held, null), (story.State.Life, story.State.Export.Annotation));
    }
}
