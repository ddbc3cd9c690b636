using System.Collections.Immutable;

namespace Ledger.Rules;

/// <summary>
/// One version of one requirement of law, standard or this project, as data (rules.md §1). A change of threshold, text
/// or severity is a new entry with its own days; entries are never edited.
/// </summary>
/// <param name="Id">Kebab, subject first; shared by all versions.</param>
/// <param name="Citation">Document, number, article.</param>
/// <param name="From">First Shanghai day on which it binds.</param>
/// <param name="Evaluator">Name of the pure function in <see cref="Evaluators"/>.</param>
/// <param name="Code">The refusal it leads to when it blocks (rules.md §17).</param>
public sealed record Rule(string Id, RuleSource Source, string Citation, DateOnly From, string Evaluator, string Code)
{
    /// <summary>Last day, or null while it has no end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Category codes it speaks about; empty means every category.</summary>
    public ImmutableArray<string> Goods { get; init; } = [];

    /// <summary>Whose law: <c>CN</c>, <c>CN-51</c>; null for a project rule, which holds everywhere.</summary>
    public string? Where { get; init; } = "CN";

    public required ImmutableArray<Trigger> On { get; init; }
    public required Severity Severity { get; init; }
    public required Certainty Certainty { get; init; }
    public bool Overridable { get; init; }
    public required string Zh { get; init; }
    public required string En { get; init; }

    /// <summary>Thresholds of the evaluator: whole numbers or words.</summary>
    public ImmutableSortedDictionary<string, string> Params { get; init; } = Inputs.None.Values;

    /// <summary>Boundary cases, run whenever a rule set is loaded: a set that fails its own cases cannot be
    /// used.</summary>
    public required ImmutableArray<RuleCase> Cases { get; init; }

    /// <summary>What it says of these facts on a day.</summary>
    public Outcome Ask(Inputs facts, DateOnly day) => Evaluators.All[Evaluator](facts, Params, day);

    public bool BindsOn(DateOnly day) => day >= From && (To is null || day <= To);
}

/// <summary>A boundary case: on this day, with these inputs, this result.</summary>
public sealed record RuleCase(DateOnly Day, Inputs Inputs, Result Expected);

/// <summary>What a rule comes from: a law, a standard, or this project.</summary>
public enum RuleSource
{
    Law,
    Standard,
    Project,
}

/// <summary>What happens on a hit: the command is refused, the verdict is recorded and shown, or only shown.</summary>
public enum Severity
{
    Block,
    Warn,
    Info,
}

/// <summary>How sure we are of the text (rules.md): likely and unsure never block; provisional is its
/// <c>sure†</c>.</summary>
public enum Certainty
{
    Sure,

    /// <summary>Held with confidence; its text or first day is to be read again.</summary>
    Provisional,
    Likely,
    Unsure,

    /// <summary>A policy of this project: no claim about law.</summary>
    Project,
}

/// <summary>The act that is judged.</summary>
public enum Trigger
{
    RegisterItem,
    ListItem,
    AgreeDeal,
    InvoiceDeal,
    HandOver,
    Transfer,
    RecordSale,
    ObserveOdometer,
    GradeItem,
    ChangeUse,
    AttestWipe,
    VerifyWipe,
    DestroyMedium,
    ApproveExporter,
    AnnotateExport,
    DraftBatch,
    AddBatchItem,
    ApplyLicence,

    /// <summary>One item of a batch, when its licence is applied for.</summary>
    ApplyForItem,
    DeclareCustoms,

    /// <summary>One item of a batch, when it is declared to customs, and when it leaves.</summary>
    DeclareItem,
    RegisterDestination,
    ShareSignal,
    RepairSignal,
    StartWarranty,
    FileComplaint,
    RegisterParty,
    InspectItem,
}

/// <summary>What a rule says of the facts.</summary>
public enum Result
{
    Pass,
    Hit,

    /// <summary>A fact or threshold that it needs is missing.</summary>
    NotEvaluated,

    /// <summary>No rule: an observed fact that does not follow what was known (domain.md §2).</summary>
    OutOfSequence,
}

/// <summary>A verdict as decided; kept with the event and never recomputed in place (rules.md §1.5).</summary>
/// <param name="Inputs">The facts it rests on; identifiers and persons never stand here in clear.</param>
public sealed record Verdict(
    string RuleId,
    Result Result,
    Severity Severity,
    ImmutableSortedDictionary<string, string> Inputs
);
