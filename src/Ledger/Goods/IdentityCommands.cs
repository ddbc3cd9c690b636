using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>The closed union of what is recorded of two things that bear one identifier: it stands on both, or on
/// none.</summary>
public abstract record IdentityCommand : ItemCommand
{
    public override ActPlace PlaceOf(Acting by) => new(by.Site, SiteCode.FindDivision(by.Site));
}

/// <summary>A second thing was found that bears an identifier of <see cref="ItemCommand.Item"/>.</summary>
/// <param name="Evidence">Hash of what shows that there are two.</param>
/// <param name="Second">What is known of the other thing; its category is the first one's. The answer names
/// it.</param>
public sealed record RaiseIdentityConflict(NamedIdentifier Identifier, string? Evidence, RegisterItem Second)
    : IdentityCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Second = (RegisterItem)Second.WithParties(map),
        };
}

/// <summary>Asks to record which of two things an identifier in conflict is of; it is recorded on both.</summary>
/// <param name="Genuine">Which of the two the identifier is of.</param>
/// <param name="DecidedBy">The authority or station.</param>
public sealed record ResolveIdentityConflict(Guid Other, Guid Genuine, string DecidedBy, string? Evidence)
    : IdentityCommand;
