using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger;

/// <summary>
/// One noun, as data: all that the rest of the product loops over. Each noun declares its own beside its deciders;
/// <see cref="Modules.All"/> lists them.
/// </summary>
/// <param name="Name">Its folder and namespace.</param>
public sealed record Module(string Name)
{
    /// <summary>Kinds of streams that are its own.</summary>
    public ImmutableArray<StreamKind> Streams { get; init; } = [];

    /// <summary>Kinds of events, on its own streams or on an item's.</summary>
    public ImmutableArray<EventLine> Events { get; init; } = [];

    /// <summary>Those of them that name identifiers.</summary>
    public ImmutableArray<IdentifierLine> Identifiers { get; init; } = [];

    /// <summary>How its commands are read for and decided, one entry a union.</summary>
    public ImmutableArray<CommandKind> Commands { get; init; } = [];

    /// <summary>Who may give them, one line a command.</summary>
    public ImmutableArray<Permit> Permits { get; init; } = [];

    /// <summary>What it refuses, in both languages.</summary>
    public ImmutableArray<RefusalLine> Refusals { get; init; } = [];

    /// <summary>The rules that judge its acts, in force or superseded.</summary>
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary>Functions that its rules name and no other noun's.</summary>
    public ImmutableArray<Evaluator> Evaluators { get; init; } = [];

    /// <summary>Days and instants that its events tell.</summary>
    public ImmutableArray<ActTimeLine> Times { get; init; } = [];

    /// <summary>Kinds of reservations that its acts take.</summary>
    public ImmutableArray<ReservationKind> Reservations { get; init; } = [];

    /// <summary>What events on its own streams did to reservations.</summary>
    public StreamSteps? Steps { get; init; }

    /// <summary>Events on its own streams that another register may report.</summary>
    public ImmutableArray<ObservedLine> Observed { get; init; } = [];

    /// <summary>What it adds to an item; null: nothing.</summary>
    public ItemPart? Item { get; init; }
}
