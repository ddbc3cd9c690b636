using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>A row of another register. It names its item by identifiers; an item that nobody knows yet is registered by
/// it.</summary>
public abstract record ObservedCommand : ItemCommand
{
    /// <summary>What the row says of its item; null: the command names the item itself.</summary>
    public abstract RegisterItem? Named { get; }
}

/// <summary>A fact that another register reports. The first one of an unknown item registers it.</summary>
public sealed record ObserveFact(LedgerEvent Fact, RegisterItem? Registration) : ObservedCommand
{
    public override RegisterItem? Named => Registration;

    /// <summary>The identifier that an <c>item-identifier-added</c> binds.</summary>
    public NamedIdentifier? Adds { get; init; }

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Fact = Fact.WithParties(map),
            Registration = (RegisterItem?)Registration?.WithParties(map),
        };

    public override ImmutableArray<Identifier> Texts =>
        TextsOf([.. Registration?.Identifiers ?? [], .. Adds is { } added ? [added] : Array.Empty<NamedIdentifier>()]);
}
