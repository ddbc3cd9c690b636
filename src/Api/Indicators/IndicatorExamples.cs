namespace Api;

/// <summary>Examples of indicators.</summary>
static partial class Examples
{
    public static readonly object Baseline = new
    {
        region = "510000",
        year = 2023,
        value = 1_200_000,
        source = "7c2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f7c2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
    public static readonly object Target = new
    {
        region = "510000",
        targetYear = 2027,
        growthBp = 5_000,
    };
    public static readonly object Freeze = new { period = "2026-05" };
}
