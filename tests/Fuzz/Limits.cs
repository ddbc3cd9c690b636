namespace Fuzz;

/// <summary>What the service may take.</summary>
public static class Limits
{
    /// <summary>Memory, whatever is asked of it.</summary>
    public const long MostMegabytes = 1_500;
}
