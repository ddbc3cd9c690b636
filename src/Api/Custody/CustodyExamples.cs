namespace Api;

/// <summary>Examples of custody.</summary>
static partial class Examples
{
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
}
