namespace Ledger.Goods.Categories;

static class Electronics
{
    public static GoodsCategory Category { get; } =
        new()
        {
            Code = "electronics",
            Zh = "电子产品",
            En = "Electronics",
            Identifiers = ["imei", "serial", "tag"],
            BearsData = true,
            Asked = ["typeCode", "productionDate"],
        };
}
