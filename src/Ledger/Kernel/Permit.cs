namespace Ledger.Kernel;

/// <summary>Who may give a command, as the command declares it.</summary>
/// <param name="TwoPersons">A second person has seen it too.</param>
public sealed record Permit(bool TwoPersons = false)
{
    public static Permit Anybody { get; } = new();

    public static Permit ByTwoPersons { get; } = new(TwoPersons: true);

    /// <summary>Why whoever acts may not give it; null: he may.</summary>
    public Refusal? Refuses(Acting by) =>
        TwoPersons && by.SecondActor is null ? new Refusal("counter-signature-missing") : null;
}
