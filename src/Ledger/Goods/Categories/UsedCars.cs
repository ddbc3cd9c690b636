namespace Ledger.Goods.Categories;

static class UsedCars
{
    public static GoodsCategory Category { get; } =
        new()
        {
            Code = "used-car",
            Zh = "二手车",
            En = "Used cars",
            Identifiers = ["vin"],
            TransfersByStation = true,
            AsksSheet = true,
            Asked = ["typeCode", "fuel", "useNature", "scrapCategory", "productionDate", "firstRegistered", "emission"],
        };
}
