using Api.Demo;

namespace Api;

/// <summary>Examples of encumbrances and holds.</summary>
static partial class Examples
{
    public static readonly object Encumbrance = new
    {
        kind = "mortgage",
        holder = DemoPeople.Bank,
        since = "2026-01-05",
        until = "2028-01-05",
    };
    public static readonly object EncumbranceRelease = new { holder = DemoPeople.Bank, reason = "结清" };
    public static readonly object Extension = new { holder = DemoPeople.Bank, until = "2029-01-05" };
    public static readonly object Lessee = new { holder = DemoPeople.Bank, lessee = "承租企业" };
    public static readonly object LenderConsent = new
    {
        holder = DemoPeople.Bank,
        tradeId = "00000000-0000-8000-8000-000000000000",
        until = "2026-12-31T15:59:59.999Z",
    };
    public static readonly object Hold = new { authority = "court", docNo = "(2026)川01执123号" };
    public static readonly object HoldRelease = new { authority = "court", reason = "解除" };
}
