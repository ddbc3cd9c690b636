using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>The closed union of what can be recorded of a suspicion or case.</summary>
/// <param name="Case">Its stream.</param>
public abstract record CaseCommand(Guid Case) : LedgerCommand
{
    /// <summary>The suspicion of one pattern on one item: there is one, however often it is seen.</summary>
    public static Guid StreamOf(string pattern, Guid item, Handles handles) =>
        handles.EntityId("case", pattern, item.ToString("N"));
}

/// <summary>The ledger's own: it has seen a pattern.</summary>
/// <param name="Events">Ids of the events that show it.</param>
public sealed record RaiseSuspicion(
    Guid Case,
    string Pattern,
    ImmutableArray<StreamRef> Items,
    ImmutableArray<Guid> Events
) : CaseCommand(Case);

/// <summary>An authority opens a case of its own accord.</summary>
/// <param name="Officer">Who leads it, by the authority's own word.</param>
/// <param name="Number">The authority's number of it.</param>
public sealed record OpenCase(
    Guid Case,
    string Pattern,
    ImmutableArray<StreamRef> Items,
    PartyRef Officer,
    string? Number
) : CaseCommand(Case)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Officer = map(Officer) };
}

/// <summary>An authority takes up a suspicion.</summary>
public sealed record TakeUpSuspicion(Guid Case, PartyRef Officer, string? Number) : CaseCommand(Case)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Officer = map(Officer) };
}

/// <summary>Asks to close a case, or to dismiss a suspicion, with a finding.</summary>
public sealed record CloseCase(Guid Case, CaseOutcome Outcome, string Finding) : CaseCommand(Case);
