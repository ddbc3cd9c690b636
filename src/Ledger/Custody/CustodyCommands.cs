using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Custody;

/// <summary>Who keeps an item.</summary>
public abstract record CustodyCommand : ItemCommand
{
    public override bool MovesState => true;
}

/// <summary>Asks to record that the item arrived at a site; refused while it is kept anywhere.</summary>
/// <param name="IntakeId">Id of the new intake.</param>
/// <param name="Place">Where it stands, in the site's own words.</param>
/// <param name="Photos">Hashes of photos.</param>
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

/// <summary>Asks to hand the item on to another keeper; the second actor confirms for the other side.</summary>
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
