using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Answers an event of an item that is wrong.</summary>
/// <param name="Target">Event id.</param>
public abstract record CorrectionCommand(Guid Target, string Reason, string? Evidence) : ItemCommand;

/// <summary>The thing happened, a detail was wrong.</summary>
public sealed record CorrectEvent(Guid Target, string Reason, CorrectedFacts Facts, string? Evidence)
    : CorrectionCommand(Target, Reason, Evidence)
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Facts = Facts.WithParties(map),
        };
}

/// <summary>It did not happen.</summary>
public sealed record VoidEvent(Guid Target, string Reason, string? Evidence)
    : CorrectionCommand(Target, Reason, Evidence);
