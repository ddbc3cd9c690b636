namespace Ledger.Goods.Categories;

static class FarmMachinery
{
    public static GoodsCategory Category { get; } =
        new()
        {
            Code = "farm-machinery",
            Zh = "农业机械",
            En = "Farm machinery",
            Identifiers = ["vin", "serial"],
            TransfersByStation = true,
            Asked = ["typeCode", "productionDate", "firstRegistered"],
        };
}
