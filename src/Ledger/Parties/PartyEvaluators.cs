using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Parties;

/// <summary>The code of an organisation.</summary>
static class PartyEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("uscc-shape", (f, _, _) => Code(f, Uscc.HasShape)),
        new("uscc-check", (f, _, _) => Code(f, c => !Uscc.HasShape(c) || Uscc.CheckFits(c))),
        new("organisation-check", (f, _, _) => Code(f, c => !Uscc.HasShape(c) || Uscc.OrganisationCheckFits(c))),
    ];

    /// <summary>A person has no code: nothing is wrong with it.</summary>
    static Outcome Code(Inputs f, Func<string, bool> fits) =>
        f.Text("uscc") is { } code
            ? Outcome.Of(!fits(code), Inputs.None.And("value", Bounds.Short(code)))
            : Outcome.Of(false, Inputs.None);
}
