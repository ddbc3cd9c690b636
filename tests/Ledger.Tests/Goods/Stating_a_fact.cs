using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Goods;

public sealed class Stating_a_fact
{
    static string Says(ItemScenario story, FactCommand fact) => ItemScenario.Outcome(story.Decide(fact));

    static AppraiseItem Appraised(PartyRef by) => new(1, "CNY", "market", null, by);

    [Fact]
    public void appraises_by_no_party_to_the_deal()
    {
        var story = new ItemScenario().Registered().Then(ItemScenario.OpenDeal());
        Assert.Equal("appraiser-is-party-to-deal", Says(story, Appraised(ItemScenario.Buyer)));
        Assert.Equal("item-appraised", Says(story, Appraised(ItemScenario.Third)));
    }

    [Fact]
    public void resolves_a_brand_that_it_bears_and_keeps_it_visible()
    {
        var story = new ItemScenario().Registered().Then(new RecordBrand(Brand.Flood, "insurer", null));
        Assert.Equal("evidence-missing", Says(story, new ResolveBrand(Brand.Flood, "dried", null)));
        Assert.Equal("brand-not-held", Says(story, new ResolveBrand(Brand.Fire, "no", "hash")));
        story.Then(new ResolveBrand(Brand.Flood, "re-inspected", "hash"));
        Assert.Equal([Brand.Flood], story.State.Condition.Brands);
        Assert.Equal([Brand.Flood], story.State.Condition.Resolved);
    }

    [Fact]
    public void inspects_no_car_before_it_was_registered()
    {
        var story = new ItemScenario().Registered();
        var fact = new RecordPeriodicInspection("annual", true, null, null);
        var before = ShanghaiDay.Start(new(2020, 3, 14));
        Assert.Equal("before-first-registration", ItemScenario.Code(story.Decide(fact, before, story.Clock)));
    }

    [Fact]
    public void names_where_a_reused_part_comes_from()
    {
        var story = new ItemScenario().Registered();
        Assert.Equal("reused-part-without-source", Says(story, new ReplacePart("door", PartOrigin.Reused, null, null)));
        Assert.Equal("part-replaced", Says(story, new ReplacePart("door", PartOrigin.Reused, "dismantler", null)));
    }

    [Fact]
    public void has_its_media_wiped_again_where_one_was_changed()
    {
        var story = new ItemScenario("electronics").Wiped().Then(SampleCommands.Check());
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        story.Then(new ReplacePart("storage", PartOrigin.Oem, null, true));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        // The wipe of what was in it before speaks of it no more.
        Assert.Null(story.State.Data.Live(0, ItemScenario.Intake));
    }

    [Fact]
    public void refurbishes_with_a_safety_test_and_never_remanufactures()
    {
        var phone = new ItemScenario("electronics").Registered();
        Assert.Equal("safety-test-missing", Says(phone, new RefurbishItem("full", null, null, null)));
        Assert.Equal("item-refurbished", Says(phone, new RefurbishItem("full", null, null, "hash")));
        Assert.Equal(
            "item-refurbished",
            Says(new ItemScenario().Registered(), new RefurbishItem("full", null, null, null))
        );
        Assert.Equal("label-remanufactured-not-allowed", Says(phone, new IssueRefurbGrade("A", ["再制造"])));
        Assert.Equal("label-remanufactured-not-allowed", Says(phone, new IssueRefurbGrade("A", ["Remanufactured"])));
        Assert.Equal("refurb-grade-issued", Says(phone, new IssueRefurbGrade("A", ["翻新"])));
    }

    [Fact]
    public void warns_of_a_warranty_that_is_too_short()
    {
        var phone = new ItemScenario("electronics").Registered();
        Assert.Contains(
            phone.Decide(new StartWarranty(2, null, null)).Verdicts,
            v => (v.RuleId, v.Result, v.Severity) == ("old-warranty", Result.Hit, Severity.Warn)
        );
        Assert.DoesNotContain(phone.Decide(new StartWarranty(3, null, null)).Verdicts, v => v.RuleId == "old-warranty");
    }

    [Fact]
    public void declares_a_sale_by_its_owner_alone()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller);
        Assert.Equal("seller-not-owner", Says(story, new DeclareSale(ItemScenario.Buyer, null, ItemScenario.Third)));
        Assert.Equal("sale-declared", Says(story, new DeclareSale(ItemScenario.Buyer, null, ItemScenario.Seller)));
    }

    [Fact]
    public void tags_it_once()
    {
        var story = new ItemScenario("furniture").Registered();
        var tag = new TagItem(ItemScenario.Named("tag:000000000016"), TagMedium.Nfc, "photo");
        Assert.Equal("item-tagged + item-identifier-added", ItemScenario.Outcome(story.Decide(tag)));
        story.Then(tag);
        Assert.Empty(story.Decide(tag).Events);
        var other = new ItemScenario("furniture").Registered();
        other.Reservations[ItemReservations.Alias(tag.Tag.Identifier)] = ItemScenario.Stranger.ToString();
        Assert.Equal("tag-used", ItemScenario.Code(other.Decide(tag)));
        Assert.Equal("identifier-not-for-category", ItemScenario.Code(new ItemScenario().Registered().Decide(tag)));
    }

    [Fact]
    public void keeps_a_classified_device_off_the_market()
    {
        var story = new ItemScenario("electronics").Registered();
        story.Then(new DivertClassifiedDevice("authority", null));
        Assert.Contains(
            "classified-not-for-market",
            ItemScenario.Outcome(story.Decide(ItemScenario.Offer())),
            StringComparison.Ordinal
        );
    }
}
