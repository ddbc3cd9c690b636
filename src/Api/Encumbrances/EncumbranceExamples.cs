namespace Api;

/// <summary>Examples of encumbrances and holds.</summary>
static partial class Examples
{
    public static readonly object Encumbrance = new
    {
        kind = "mortgage",
        holder = "91510100MA80000029",
        since = "2026-01-05",
        until = "2028-01-05",
    };
    public static readonly object EncumbranceRelease = new { holder = "91510100MA80000029", reason = "结清" };
    public static readonly object Extension = new { holder = "91510100MA80000029", until = "2029-01-05" };
    public static readonly object Lessee = new { holder = "91510100MA80000029", lessee = "承租企业" };
    public static readonly object LenderConsent = new
    {
        holder = "91510100MA80000029",
        tradeId = "00000000-0000-8000-8000-000000000000",
        until = "2026-12-31T15:59:59.999Z",
    };
    public static readonly object Hold = new { authority = "court", docNo = "(2026)川01执123号" };
    public static readonly object HoldRelease = new { authority = "court", reason = "解除" };
}
