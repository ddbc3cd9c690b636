using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class Every_category
{
    public static TheoryData<string> Codes => [.. GoodsCategory.All.Select(c => c.Code)];

    static readonly Dictionary<string, string> Known = new()
    {
        ["vin"] = "vin:LSVAM4187C2184847",
        ["imei"] = "imei:490154203237518",
        ["serial"] = "serial:HAIER/BC-1",
        ["tag"] = "tag:7K3M9P2QXWAR",
        ["battery"] = "battery:X12MCPM27KLPCLX2M2382320",
        ["register"] = "register:histovec/1",
    };

    [Fact]
    public void is_known_by_its_code()
    {
        Assert.Equal(
            ["used-car", "appliance", "electronics", "furniture", "farm-machinery"],
            GoodsCategory.All.Select(c => c.Code)
        );
        Assert.All(GoodsCategory.All, c => Assert.Same(c, GoodsCategory.Find(c.Code)));
        Assert.Null(GoodsCategory.Find("boat"));
        Assert.Null(GoodsCategory.Find(null));
    }

    /// <summary>Words of the pages and forms, in the order of a form; and by whose hand its owner changes.</summary>
    [Theory]
    [InlineData(
        "used-car",
        "二手车 Used cars",
        "typeCode fuel useNature scrapCategory productionDate firstRegistered emission",
        "station sheet"
    )]
    [InlineData("appliance", "家用电器 Appliances", "typeCode productionDate", "")]
    [InlineData("electronics", "电子产品 Electronics", "typeCode productionDate", "data")]
    [InlineData("furniture", "家具 Furniture", "", "")]
    [InlineData("farm-machinery", "农业机械 Farm machinery", "typeCode productionDate firstRegistered", "station")]
    public void is_called_and_asked_as_its_forms_have_it(string code, string names, string asked, string ways)
    {
        var c = GoodsCategory.Find(code)!;
        Assert.Equal((names, asked), ($"{c.Zh} {c.En}", string.Join(' ', c.Asked)));
        string?[] has =
        [
            c.TransfersByStation ? "station" : null,
            c.AsksSheet ? "sheet" : null,
            c.BearsData ? "data" : null,
        ];
        Assert.Equal(ways, string.Join(' ', has.OfType<string>()));
    }

    [Fact]
    public void names_kinds_of_identifier_that_exist()
    {
        Assert.Equal(Known.Keys.Order(), Identifier.Kinds.Order());
        Assert.All(GoodsCategory.All, c => Assert.NotEmpty(c.Identifiers));
        Assert.All(GoodsCategory.All, c => Assert.Subset(Identifier.Kinds.ToHashSet(), c.Identifiers.ToHashSet()));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void takes_its_own_identifiers_and_no_other(string category)
    {
        foreach (var (kind, text) in Known)
        {
            var decision = new ItemScenario(category).Decide(
                new RegisterItem(ItemScenario.Item, category, [ItemScenario.Named(text)])
            );
            Assert.Equal(
                (
                    kind,
                    GoodsCategory.Find(category)!.Identifiers.Contains(kind)
                        ? "item-registered"
                        : "identifier-not-for-category"
                ),
                (kind, ItemScenario.Outcome(decision))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void goes_from_listing_to_a_new_owner(string category)
    {
        var story = new ItemScenario(category)
            .Registered(ItemScenario.Seller)
            .Then(ItemScenario.Offer())
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice("no-1"));
        if (GoodsCategory.Find(category)!.TransfersByStation)
            story.Checked().Then(ItemScenario.Station);
        else
            story.Then(new CompleteDeal(ItemScenario.Deal));
        Assert.Equal((Life.Held, ItemScenario.Buyer), (story.State.Life, story.State.Owner.Party));
        Assert.Equal(DealState.Completed, Assert.Single(story.State.Trade.Deals).State);
        Assert.Null(story.State.Trade.Listing);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void may_be_sold_on_by_its_new_owner(string category)
    {
        var story = new ItemScenario(category);
        story.Then(story.Sold()).Then(story.Sold(ItemScenario.Sale(ItemScenario.Buyer, ItemScenario.Third)));
        Assert.Equal(ItemScenario.Third, story.State.Owner.Party);
    }
}
