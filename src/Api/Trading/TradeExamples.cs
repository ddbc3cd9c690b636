namespace Api;

/// <summary>Examples of stock, listings, deals, transfers and what comes after a sale.</summary>
static partial class Examples
{
    public static readonly object Stock = new
    {
        dealer = "D-7",
        mode = "purchase",
        priceFen = 6_500_000,
    };
    public static readonly object Listing = new
    {
        market = "MK-510100-0001",
        askFen = 8_000_000,
        seller = "K-118",
    };
    public static readonly object Reprice = new { askFen = 7_800_000 };
    public static readonly object Trade = new
    {
        seller = "K-118",
        sellerKind = "person",
        buyer = "K-204",
        buyerKind = "person",
    };
    public static readonly object Agreement = new { priceFen = 7_900_000 };
    public static readonly object Payment = new { amountFen = 7_900_000, channel = "bank" };
    public static readonly object Invoice = new
    {
        kind = "sale",
        grossFen = 7_900_000,
        netFen = 7_860_697,
        taxFen = 39_303,
        rateBp = 50,
        invoiceNo = "05112600001",
    };
    public static readonly object Cancellation = new { by = "buyer", reason = "贷款未获批" };
    public static readonly object Transfer = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        station = "ST-510100-01",
        toRegion = "510104",
        registeredOn = "2026-06-03",
    };
    public static readonly object Submission = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        station = "ST-510100-01",
        papers = new[] { "5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
    };
    public static readonly object VehicleCheck = new
    {
        rubbing = "7a1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f7a1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        vinMatches = true,
        engineMatches = true,
    };
    public static readonly object TransferRefusal = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        reason = "登记证书缺页",
    };
    public static readonly object Mirror = new { market = "MK-510100-0002", consentBy = "MK-510100-0001" };
    public static readonly object Voiding = new { reason = "虚假车况", basis = "市监处字〔2026〕12号" };
    public static readonly object Rescission = new { reason = "重大事故未告知", refundFen = 7_900_000 };
    public static readonly object Complaint = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        topic = "fraud",
        amountFen = 23_700_000,
    };
    public static readonly object Settlement = new
    {
        outcome = "upheld",
        multiple = 3,
        paidFen = 23_700_000,
    };
}
