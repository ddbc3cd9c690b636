using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds on one item.</summary>
public abstract record EncumbranceCommand : ItemCommand
{
    /// <summary>A lien or hold that is registered late binds all the same.</summary>
    public override bool MovesState => this is not (RegisterEncumbrance or PlaceHold);
}

/// <summary>Asks to register a lien on the item for its holder.</summary>
public sealed record RegisterEncumbrance(
    Guid EncumbranceId,
    EncumbranceKind Kind,
    PartyRef Holder,
    DateOnly Since,
    DateOnly? Until
) : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>Asks to release a lien; only its holder may.</summary>
public sealed record ReleaseEncumbrance(Guid EncumbranceId, PartyRef Holder, string? Reason) : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>Asks to extend the term of a lien; only its holder may.</summary>
public sealed record ExtendEncumbrance(Guid EncumbranceId, PartyRef Holder, DateOnly Until) : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>Asks to record another lessee of the item; only the holder of the lien may.</summary>
/// <param name="Lessee">The new one; kept in the vault.</param>
public sealed record ChangeLessee(Guid EncumbranceId, PartyRef Holder, string? Lessee) : EncumbranceCommand
{
    public override ImmutableArray<VaultText> Secrets => Secret<LesseeChanged>("lessee", Lessee);

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>The lender lets one deal go on.</summary>
public sealed record ConsentToDeal(Guid EncumbranceId, PartyRef Holder, Guid DealId, DateTimeOffset? Until)
    : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>Asks to place a hold of an authority on the item.</summary>
/// <param name="DocNo">Number of the authority's document.</param>
public sealed record PlaceHold(Guid HoldId, HoldAuthority Authority, string DocNo, DateOnly? Until)
    : EncumbranceCommand;

/// <summary>Asks to release a hold; only the kind of authority that placed it may.</summary>
public sealed record ReleaseHold(Guid HoldId, HoldAuthority Authority, string? Reason) : EncumbranceCommand;
