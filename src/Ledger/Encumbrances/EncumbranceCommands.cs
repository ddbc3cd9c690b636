using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds on one item.</summary>
public abstract record EncumbranceCommand : ItemCommand;

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

public sealed record ReleaseEncumbrance(Guid EncumbranceId, PartyRef Holder, string? Reason) : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

public sealed record ExtendEncumbrance(Guid EncumbranceId, PartyRef Holder, DateOnly Until) : EncumbranceCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

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

public sealed record PlaceHold(Guid HoldId, HoldAuthority Authority, string DocNo, DateOnly? Until)
    : EncumbranceCommand;

public sealed record ReleaseHold(Guid HoldId, HoldAuthority Authority, string? Reason) : EncumbranceCommand;
