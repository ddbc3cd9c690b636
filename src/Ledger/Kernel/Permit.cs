namespace Ledger.Kernel;

/// <summary>Who may give a command: column <em>By</em> of domain.md §4.</summary>
/// <param name="Command">Its record.</param>
/// <param name="Roles">Those who may.</param>
public sealed record Permit(Type Command, Roles Roles)
{
    /// <summary>A second person has seen it too.</summary>
    public bool TwoPersons { get; init; }

    /// <summary>It ends what was begun: whoever was stopped may still do it.</summary>
    public bool WindsDown { get; init; }

    public static Permit Of<T>(Roles roles)
        where T : LedgerCommand => new(typeof(T), roles);

    public Permit WindingDown() => this with { WindsDown = true };

    /// <summary>Why whoever acts may not give it; null: his role may.</summary>
    /// <param name="isImported">It is a row of another register: whoever runs the installation imports it, on behalf of
    /// the register that its envelope names.</param>
    public Refusal? Refuses(Acting by, bool isImported)
    {
        var roles = isImported ? Roles.Adm : Roles;
        return !by.Is(roles) ? Refusal.Of("not-authorised", ("role", by.Role), ("may", RoleTable.Codes(roles)))
            : TwoPersons && by.SecondActor is null ? new Refusal("counter-signature-missing")
            : null;
    }
}
