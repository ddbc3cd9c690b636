namespace Ledger.Goods.Categories;

static class Appliances
{
    public static GoodsCategory Category { get; } =
        new()
        {
            Code = "appliance",
            Zh = "家用电器",
            En = "Appliances",
            Identifiers = ["serial", "tag"],
            Asked = ["typeCode", "productionDate"],
        };
}
