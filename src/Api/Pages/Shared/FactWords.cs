using System.Collections.Frozen;

namespace Api.Pages.Shared;

/// <summary>What a fact is called on a page; a fact without a word here keeps its wire name.</summary>
static class FactWords
{
    static readonly FrozenDictionary<string, (string Zh, string En)> Words = new Dictionary<string, (string, string)>
    {
        ["category"] = ("品类", "Category"),
        ["identifiers"] = ("标识", "Identifiers"),
        ["identifier"] = ("标识", "Identifier"),
        ["make"] = ("厂牌", "Make"),
        ["model"] = ("型号", "Model"),
        ["typeCode"] = ("车型代码", "Type code"),
        ["fuel"] = ("燃料", "Fuel"),
        ["useNature"] = ("使用性质", "Use"),
        ["scrapCategory"] = ("报废类别", "Scrap category"),
        ["productionDate"] = ("生产日期", "Produced"),
        ["firstRegistered"] = ("初次登记", "First registered"),
        ["owner"] = ("所有人", "Owner"),
        ["newOwner"] = ("新所有人", "New owner"),
        ["seller"] = ("卖方", "Seller"),
        ["buyer"] = ("买方", "Buyer"),
        ["sellerKind"] = ("卖方类型", "Seller is"),
        ["buyerKind"] = ("买方类型", "Buyer is"),
        ["dealer"] = ("经销商", "Dealer"),
        ["holder"] = ("权利人", "Holder"),
        ["receiver"] = ("接收人", "Receiver"),
        ["market"] = ("市场", "Market"),
        ["station"] = ("登记站", "Station"),
        ["mode"] = ("方式", "Mode"),
        ["via"] = ("转移方式", "Via"),
        ["kind"] = ("种类", "Kind"),
        ["standard"] = ("标准", "Standard"),
        ["scoreTenths"] = ("得分×10", "Score × 10"),
        ["grade"] = ("等级", "Grade"),
        ["accident"] = ("事故车", "Accident"),
        ["passed"] = ("合格", "Passed"),
        ["valueKm"] = ("读数（公里）", "Reading (km)"),
        ["odometerKm"] = ("里程（公里）", "Odometer (km)"),
        ["unitShown"] = ("表显单位", "Unit shown"),
        ["observedOn"] = ("读表日", "Read on"),
        ["verdict"] = ("判断", "Verdict"),
        ["reasonCode"] = ("原因", "Reason"),
        ["reason"] = ("原因", "Reason"),
        ["source"] = ("来源", "Source"),
        ["priceFen"] = ("成交价", "Price"),
        ["askFen"] = ("要价", "Ask"),
        ["amountFen"] = ("金额", "Amount"),
        ["grossFen"] = ("价税合计", "Gross"),
        ["netFen"] = ("不含税", "Net"),
        ["taxFen"] = ("税额", "Tax"),
        ["costFen"] = ("费用", "Cost"),
        ["depositFen"] = ("定金", "Deposit"),
        ["refundFen"] = ("退款", "Refund"),
        ["currency"] = ("币种", "Currency"),
        ["channel"] = ("付款渠道", "Channel"),
        ["agreedAt"] = ("成交时间", "Agreed"),
        ["transferredAt"] = ("转移时间", "Transferred"),
        ["registeredOn"] = ("登记日", "Registered on"),
        ["since"] = ("自", "Since"),
        ["until"] = ("至", "Until"),
        ["authority"] = ("机关", "Authority"),
        ["docNo"] = ("文号", "Document"),
        ["hold"] = ("原登记种类", "Kind there"),
        ["brand"] = ("瑕疵", "Brand"),
        ["brandSource"] = ("瑕疵来源", "Brand source"),
        ["outcome"] = ("结果", "Outcome"),
        ["work"] = ("维修内容", "Work"),
        ["parts"] = ("配件", "Parts"),
        ["target"] = ("所答事件", "Answers event"),
        ["to"] = ("更正为", "Should be"),
        ["evidence"] = ("凭证", "Evidence"),
        ["listingId"] = ("挂牌编号", "Listing"),
        ["dealId"] = ("交易编号", "Deal"),
        ["encumbranceId"] = ("抵押编号", "Encumbrance"),
        ["holdId"] = ("查封编号", "Hold"),
        ["country"] = ("国家", "Country"),
        ["vehicleClass"] = ("车辆类别", "Vehicle class"),
        ["vinMasked"] = ("车架号（遮蔽）", "VIN (masked)"),
        ["plateMasked"] = ("号牌（遮蔽）", "Plate (masked)"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string fact, bool chinese) =>
        Words.TryGetValue(fact, out var word)
            ? chinese
                ? word.Zh
                : word.En
            : fact;
}
