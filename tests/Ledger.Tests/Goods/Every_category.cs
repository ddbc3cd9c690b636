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
            var decision = new Story(category).Decide(new RegisterItem(Story.Item, category, [Story.Named(text)]));
            Assert.Equal(
                (
                    kind,
                    GoodsCategory.Find(category)!.Identifiers.Contains(kind)
                        ? "item-registered"
                        : "identifier-not-for-category"
                ),
                (kind, Story.Outcome(decision))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void goes_from_listing_to_a_new_owner(string category)
    {
        var story = new Story(category)
            .Registered(Story.Seller)
            .Then(Story.Offer())
            .Then(Story.Meeting())
            .Then(Story.Handshake)
            .Then(Story.Payment)
            .Then(Story.Bill("no-1"));
        ItemCommand last = GoodsCategory.Find(category)!.TransfersByStation
            ? Story.Station
            : new CompleteDeal(Story.Deal);
        story.Then(last);
        Assert.Equal((Life.Held, Story.Buyer), (story.State.Life, story.State.Owner.Party));
        Assert.Equal(DealState.Completed, Assert.Single(story.State.Trade.Deals).State);
        Assert.Null(story.State.Trade.Listing);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void may_be_sold_on_by_its_new_owner(string category)
    {
        var story = new Story(category);
        story.Then(story.Sold()).Then(story.Sold(Story.Sale(Story.Buyer, Story.Third)));
        Assert.Equal(Story.Third, story.State.Owner.Party);
    }
}
