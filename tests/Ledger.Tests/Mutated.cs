namespace Ledger.Tests;

/// <summary>No test: compiled for <c>ops/mutate</c> alone, it hands on the assembly that the mutator has put in the
/// place
/// of ours.</summary>
public sealed class Mutated
{
    [Fact]
    public void assembly_is_kept() =>
        File.Copy(
            typeof(EventCatalog).Assembly.Location,
            Environment.GetEnvironmentVariable("LEDGER_MUTATED")!,
            overwrite: true
        );
}
