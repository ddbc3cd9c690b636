namespace Api;

/// <summary>Examples of items, their identities and corrections.</summary>
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
    public static readonly object PublicLink = new { days = 30 };
    public static readonly object PublicLinkEnd = new { reason = "已售出" };
    public static readonly object Brand = new { brand = "accident", brandSource = "insurer" };
    public static readonly object Correction = new
    {
        reason = "录入有误",
        facts = new { grade = 2, scoreTenths = 880 },
    };
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
}
