namespace Api;

/// <summary>Examples of cases.</summary>
static partial class Examples
{
    public static readonly object Case = new
    {
        pattern = "clone",
        items = new[] { "vin:LSVAM4187C2184847" },
        officer = "JD-07",
        number = "川市监案〔2026〕17号",
    };
    public static readonly object CaseOpening = new { officer = "JD-07", number = "川市监案〔2026〕17号" };
    public static readonly object CaseClosure = new { outcome = "unfounded", finding = "两车均已查验，编号误录" };
}
