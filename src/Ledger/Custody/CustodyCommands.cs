using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Who keeps an item.</summary>
public abstract record CustodyCommand : ItemCommand;

public sealed record ReceiveItem(
    Guid IntakeId,
    PartyRef? From,
    string? Place,
    IntakeReason Reason,
    ImmutableArray<string>? Photos
) : CustodyCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            From = PartyRef.Map(From, map),
        };
}

public sealed record TransferCustody(Guid IntakeId, PartyRef? From, PartyRef To, string? Place, string? SealNo)
    : CustodyCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            From = PartyRef.Map(From, map),
            To = map(To),
        };
}
