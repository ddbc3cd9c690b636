namespace Ledger.Goods.Categories;

static class Furniture
{
    public static GoodsCategory Category { get; } =
        new()
        {
            Code = "furniture",
            Zh = "家具",
            En = "Furniture",
            Identifiers = ["tag"],
        };
}
