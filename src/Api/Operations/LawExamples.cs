namespace Api;

/// <summary>Examples of rule sets.</summary>
static partial class Examples
{
    public static readonly object Activation = new
    {
        version = new string('0', 64),
        changes = new[] { "wipe-gate-resale" },
    };
}
