using System.Collections.Immutable;
using Ledger.Rules;

namespace Ledger.Kernel;

/// <summary>Who may give a command (column <em>By</em> of domain.md §4), and where it comes to a protected end, whose
/// matter it is, what must have gone before, and by which rules it is judged.</summary>
/// <param name="Command">Its record.</param>
/// <param name="Roles">Those who may.</param>
public sealed record Permit(Type Command, Roles Roles)
{
    /// <summary>A second person has seen it too.</summary>
    public bool TwoPersons { get; init; }

    /// <summary>It ends what was begun: whoever was stopped may still do it.</summary>
    public bool WindsDown { get; init; }

    /// <summary>The protected ends that it comes to.</summary>
    public ImmutableArray<ProtectedEnd> Ends { get; init; } = [];

    /// <summary>Of those who may: who is told by which refusal that the matter is another's.</summary>
    public ImmutableArray<(Roles Roles, string Code)> Strangers { get; init; } = [];

    /// <summary>What whoever is himself concerned is told; null: he may.</summary>
    public string? OwnAffair { get; init; }

    /// <summary>Refusals that say what must have gone before.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>The acts by whose rules it is judged.</summary>
    public ImmutableArray<Trigger> Judged { get; init; } = [];

    public static Permit Of<T>(Roles roles)
        where T : LedgerCommand => new(typeof(T), roles);

    public Permit ByTwo() => this with { TwoPersons = true };

    public Permit WindingDown() => this with { WindsDown = true };

    public Permit To(params ImmutableArray<ProtectedEnd> ends) => this with { Ends = ends };

    /// <param name="among">Those who are asked; null: all who may.</param>
    public Permit Stranger(string code, Roles? among = null) =>
        this with
        {
            Strangers = Strangers.Add((among ?? Roles, code)),
        };

    public Permit NotOwn(string code) => this with { OwnAffair = code };

    public Permit After(params ImmutableArray<string> codes) => this with { Before = codes };

    public Permit JudgedBy(params ImmutableArray<Trigger> acts) => this with { Judged = acts };

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
