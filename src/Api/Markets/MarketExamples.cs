namespace Api;

/// <summary>Examples of markets, stations and desk staff.</summary>
static partial class Examples
{
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
    public static readonly object LateEntryHours = new { hours = 120 };
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
}
