using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>Something somebody wants recorded of one item.</summary>
public abstract record ItemCommand : LedgerCommand
{
    /// <summary>The item that it is about; of a row of another register the one that it makes, if its identifiers are
    /// nobody's.</summary>
    public Guid Item { get; init; }

    /// <summary>It moves a state of the item: it occurs after all that is on record of it. A fact may be told
    /// later.</summary>
    public virtual bool MovesState => false;

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this;

    /// <summary>Goods are counted where they are traded: in a market.</summary>
    public override ActPlace PlaceOf(Acting by) =>
        new(by.Site, MarketCode.IsWellFormed(by.Site) ? MarketCode.DivisionOf(by.Site) : null);

    private protected static ImmutableArray<Identifier> TextsOf(IEnumerable<NamedIdentifier> identifiers) =>
        [.. identifiers.Select(i => i.Identifier)];
}

/// <summary>Asks to enter a thing in the ledger under its identifiers; refused where one of them is bound
/// already.</summary>
/// <param name="ItemId">Id of its stream.</param>
/// <param name="Category">Code of a category, e.g. <c>used-car</c>.</param>
/// <param name="ScrapCategory">Code of the scrap table (rules.md §4.1), of vehicles.</param>
/// <param name="FirstRegistered">Day of the first registration, by which years of scrapping count.</param>
/// <param name="OwnedSince">Since when its owner has had it, as its papers say; null: nobody said.</param>
public sealed record RegisterItem(
    Guid ItemId,
    string Category,
    ImmutableArray<NamedIdentifier> Identifiers,
    string? Make = null,
    string? Model = null,
    string? TypeCode = null,
    string? Fuel = null,
    string? UseNature = null,
    string? ScrapCategory = null,
    DateOnly? ProductionDate = null,
    DateOnly? FirstRegistered = null,
    string? Emission = null,
    PartyRef? Owner = null,
    DateOnly? OwnedSince = null
) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Owner = PartyRef.Map(Owner, map),
        };

    public override ImmutableArray<Identifier> Texts => TextsOf(Identifiers);
}
