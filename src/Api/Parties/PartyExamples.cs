namespace Api;

/// <summary>Examples of parties, roles, licences and issuers.</summary>
static partial class Examples
{
    public static readonly object Issuer = new
    {
        org = "11510000MB1K12345X",
        name = "四川省市场监督管理局",
        purposes = new[] { "licence" },
    };
    public static readonly object Party = new
    {
        kind = "organisation",
        uscc = "914403001922038216",
        name = "四川机动车鉴定评估有限公司",
        region = "510104",
    };
    public static readonly object Confirmation = new
    {
        method = "registry",
        evidence = "6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        overrides = Array.Empty<string>(),
    };
    public static readonly object PartyName = new
    {
        word = "MK-510100-0007/BANK-1",
        evidence = "6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object Role = new
    {
        role = "APR",
        basis = "7d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f7d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        validFrom = "2026-01-01",
        validTo = "2028-12-31",
    };
    public static readonly object PartyLicence = new
    {
        kind = "accreditation",
        number = "CNAS L1234",
        issuer = "中国合格评定国家认可委员会",
        scope = "WM/T 8-2022",
        validFrom = "2026-01-01",
        validTo = "2028-12-31",
    };
    public static readonly object LicenceEnd = new
    {
        kind = "accreditation",
        number = "CNAS L1234",
        reason = "主动注销",
    };
}
