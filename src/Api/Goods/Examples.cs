using System.Text.Json.Nodes;

namespace Api;

/// <summary>One example a command, as the documentation shows it; a test sends each and sees it taken.</summary>
static partial class Examples
{
    public static readonly object RegisterItem = new
    {
        category = "used-car",
        identifiers = new[] { "vin:LSVAM4187C2184847" },
        make = "大众",
        model = "帕萨特",
        firstRegistered = "2019-03-15",
        scrapCategory = "private-small",
        owner = "K-118",
    };
    public static readonly object AddIdentifier = new { identifier = "vin:1M8GDM9AXKP042788" };
    public static readonly object Inspection = new
    {
        standard = "GB/T 30323-2013",
        scoreTenths = 905,
        grade = 1,
        accident = false,
    };
    public static readonly object Odometer = new
    {
        valueKm = 52_300,
        source = "desk",
        observedOn = "2026-06-01",
    };
    public static readonly object Disclosure = new
    {
        accident = "no",
        flood = "no",
        repair = "yes",
        text = "更换过前保险杠",
    };
    public static readonly object UseChange = new { to = "taxi-small", changedOn = "2026-06-01" };
    public static readonly object Repair = new
    {
        outcome = "fixed",
        work = "更换电池",
        costFen = 35_000,
        parts = new[] { "电池" },
    };
    public static readonly object Brand = new { brand = "accident", brandSource = "insurer" };
    public static readonly object Intake = new
    {
        reason = "wipe",
        from = "K-118",
        place = "A-03",
    };
    public static readonly object Custody = new
    {
        from = "K-200",
        to = "K-201",
        place = "B-01",
        sealNo = "S-7788",
    };
    public static readonly object Media = new
    {
        media = new[]
        {
            new
            {
                ix = 0,
                type = "ufs",
                capacityBytes = 128_000_000_000,
                serial = "UFS-77-0001",
            },
        },
    };
    public static readonly object WipeConsent = new
    {
        intakeId = "00000000-0000-8000-8000-000000000000",
        media = new[] { 0 },
        method = "UFS purge",
        effect = "全部用户数据不可恢复",
        subject = "K-118",
    };
    public static readonly object Wipe = new
    {
        intakeId = "00000000-0000-8000-8000-000000000000",
        mediumIx = 0,
        evidence = new
        {
            technique = "ufs-purge",
            result = "ok",
            bytesAddressed = 128_000_000_000,
            hidden = new
            {
                hpa = "absent",
                dco = "absent",
                ama = "absent",
            },
            unreached = 0,
        },
        tool = new { name = "cleaner", version = "4.2" },
        startedAt = "2026-06-01T02:00:00.000Z",
        finishedAt = "2026-06-01T02:05:00.000Z",
        @operator = "W-01",
        docs = new[] { "5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
    };
    public static readonly object WipeVerification = new
    {
        attestationId = "00000000-0000-8000-8000-000000000000",
        check = new
        {
            method = "sampled",
            sampled = 4_603,
            total = 1_000_000,
            residues = 0,
        },
        tool = new { name = "reader", version = "1.0" },
        verifier = "W-02",
    };
    public static readonly object Destruction = new
    {
        technique = "disintegrate",
        photos = new[] { "9b2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
        weightGrams = 12,
    };
    public static readonly object Removal = new { custodyTo = "W-01" };
    public static readonly object Unlinking = new { kind = "activation-lock" };
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
    public static readonly object Reason = new { reason = "车主撤回" };
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
    public static readonly object Completion = new { occurredAt = "2026-06-03T02:00:00.000Z" };
    public static readonly object Cancellation = new { by = "buyer", reason = "贷款未获批" };
    public static readonly object Transfer = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        station = "ST-510100-01",
        toRegion = "510104",
        registeredOn = "2026-06-03",
    };
    public static readonly object Encumbrance = new
    {
        kind = "mortgage",
        holder = "BANK-1",
        since = "2026-01-05",
        until = "2028-01-05",
    };
    public static readonly object EncumbranceRelease = new { holder = "BANK-1", reason = "结清" };
    public static readonly object Extension = new { holder = "BANK-1", until = "2029-01-05" };
    public static readonly object Lessee = new { holder = "BANK-1", lessee = "承租企业" };
    public static readonly object LenderConsent = new
    {
        holder = "BANK-1",
        tradeId = "00000000-0000-8000-8000-000000000000",
        until = "2026-12-31T15:59:59.999Z",
    };
    public static readonly object Hold = new { authority = "court", docNo = "(2026)川01执123号" };
    public static readonly object HoldRelease = new { authority = "court", reason = "解除" };
    public static readonly object Correction = new
    {
        reason = "录入有误",
        facts = new { grade = 2, scoreTenths = 880 },
    };
    public static readonly object Market = new
    {
        code = "MK-510100-0001",
        name = "成都旧机动车交易中心",
        categories = new[] { "used-car" },
        mode = "offline",
    };

    public static readonly object Station = new
    {
        code = "ST-510100-01",
        name = "成都二手车交易登记服务站",
        authority = "成都市公安局交通管理局",
        validFrom = "2026-01-01",
        validTo = "2028-12-31",
        services = new[] { "transfer" },
    };
    public static readonly object Incident = new
    {
        finding = "实验室从已清除的存储中恢复出照片",
        tool = "cleaner",
        versions = new[] { "4.1", "4.2" },
        from = "2026-01-01T00:00:00.000Z",
        to = "2026-06-30T16:00:00.000Z",
    };
    public static readonly object IncidentClosure = new { outcome = "unfounded", finding = "复测未发现残留" };
    public static readonly object SiteReason = new { reason = "未按规定查验车辆" };
    public static readonly object Activation = new
    {
        version = new string('0', 64),
        changes = new[] { "wipe-gate-resale" },
    };
    public static readonly object Issuer = new
    {
        org = "11510000MB1K12345X",
        name = "四川省市场监督管理局",
        purposes = new[] { "licence" },
    };
    public static readonly object Bundle = new { purpose = "出口报关", recipient = "HG-01" };
    public static readonly object Staff = new
    {
        person = "G-07",
        desk = "1号柜台",
        roles = new[] { "CLK" },
    };
    public static readonly object StaffRemoval = new
    {
        person = "G-07",
        desk = "1号柜台",
        reason = "离职",
    };
    public static readonly object Submission = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        station = "ST-510100-01",
        papers = new[] { "5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
    };
    public static readonly object VehicleCheck = new
    {
        rubbing = "7a1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        vinMatches = true,
        engineMatches = true,
    };
    public static readonly object TransferRefusal = new
    {
        tradeId = "00000000-0000-8000-8000-000000000000",
        reason = "登记证书缺页",
    };

    public static readonly object Key = new
    {
        jwk = new
        {
            kty = "OKP",
            crv = "Ed25519",
            x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        },
        from = 1_767_578_400,
        pop = "<header>.<payload>.<signature by the new key>",
        vouch = "<header>.<payload>.<signature by the registrar>",
        voucher = new
        {
            kty = "OKP",
            crv = "Ed25519",
            x = "7UARwrG0oBWyJMyt6yvmYWi1ouiqCK-D3WpBDM3oaSY",
        },
    };
    public static readonly object KeyRevocation = new { reason = "设备遗失", compromisedSince = 1_767_578_400 };

    public static readonly object IdentityConflict = new
    {
        identifier = "vin:LSVAM4187C2184847",
        evidence = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        make = "大众",
        model = "帕萨特",
        owner = "K-2207",
    };
    public static readonly object ConflictResolution = new
    {
        other = "1c4a51f2-2f62-8f4e-9a0c-6a5f0c7f9d11",
        genuine = "1c4a51f2-2f62-8f4e-9a0c-6a5f0c7f9d11",
        decidedBy = "成都市公安局交通管理局",
        evidence = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    };

    public static JsonNode Node(object example) =>
        System.Text.Json.JsonSerializer.SerializeToNode(example, Ledger.Kernel.WireJson.Options)!;
}
