namespace Api;

/// <summary>Examples of stated facts.</summary>
static partial class Examples
{
    public static readonly object IdentifierCorrection = new
    {
        identifier = "vin:LSVAM4187C2184847",
        reason = "录入时误读一位",
        evidence = "5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object Appraisal = new
    {
        amountFen = 7_600_000,
        method = "现行市价法",
        appraiser = "APR-3",
        validUntil = "2026-12-31",
    };
    public static readonly object Tag = new
    {
        tag = "7K3M9P2QXWAR",
        medium = "qr",
        photo = "1b2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f1b2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object BrandResolution = new
    {
        brand = "accident",
        how = "复检未见结构损伤",
        evidence = "2c2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f2c2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object PeriodicInspection = new
    {
        kind = "annual",
        passed = true,
        validUntil = "2027-06-30",
        cycle = 1,
    };
    public static readonly object Part = new
    {
        part = "battery",
        origin = "oem",
        oldSerial = "B-01",
        newSerial = "B-02",
    };
    public static readonly object Refurbishment = new
    {
        level = "full",
        parts = new[] { "screen" },
        warrantyMonths = 6,
        safetyTest = "3d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f3d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object RefurbGrade = new { grade = "A", labels = new[] { "翻新" } };
    public static readonly object Warranty = new { months = 3, km = 5_000 };
    public static readonly object Registration = new
    {
        kind = "first",
        region = "510104",
        plate = "川A12345",
    };
    public static readonly object Document = new { document = "机动车登记证书" };
    public static readonly object Alteration = new { what = "变更车身颜色" };
    public static readonly object SaleDeclaration = new
    {
        seller = "K-118",
        buyer = "K-204",
        soldOn = "2026-06-01",
    };
    public static readonly object Diversion = new
    {
        authority = "成都市国家保密局",
        marked = true,
        docHash = "4e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f4e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
}
