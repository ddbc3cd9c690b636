using System.Collections.Immutable;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>
/// One physical thing, folded from its stream. It is the consistency boundary: everything that happens to it stands
/// here, so a reader of the stream misses no sale and no lien. Each facet is changed by its owner's <c>Evolve</c> only.
/// </summary>
public sealed record Item(Guid Id)
{
    public string Category { get; init; } = "";
    public string? Make { get; init; }
    public string? Model { get; init; }
    public string? ScrapCategory { get; init; }
    public DateOnly? FirstRegistered { get; init; }

    /// <summary>The limit that a change of use has set; null: that of its scrap category.</summary>
    public DateOnly? ScrapLimitAfterChange { get; init; }

    /// <summary>The first day past its scrap limit as rule input: a day, <c>none</c>, or null where unknown.</summary>
    public string? ScrapLimit =>
        ScrapLimitAfterChange is { } limit ? Instants.Text(limit) : ScrapYears.Limit(ScrapCategory, FirstRegistered);

    /// <summary>The limit whose coming is on record; another one may follow where a use change moved it.</summary>
    public DateOnly? ScrapLimitReached { get; init; }
    public ImmutableArray<IdentifierRef> Identifiers { get; init; } = [];

    /// <summary>Other things that bear an identifier of this one; none leaves the country meanwhile.</summary>
    public ImmutableArray<IdentityConflict> Conflicts { get; init; } = [];

    public Life Life { get; init; } = Life.Held;

    /// <summary>Where a listing or deal took it from, and where its end puts it back.</summary>
    public Life CameFrom { get; init; } = Life.Held;

    public Ownership Owner { get; init; } = new(null, null);

    /// <summary>What the seller has told; null before the first sheet.</summary>
    public NineFieldDisclosure? Disclosure { get; init; }
    public Condition Condition { get; init; } = Condition.Unknown("");
    public EncumbranceFacet Encumbrances { get; init; } = EncumbranceFacet.Clear;
    public TradeFacet Trade { get; init; } = TradeFacet.None;

    /// <summary>The deal under way, if any.</summary>
    public Guid? LiveDeal => Trade.LiveDeal?.Id;
    public ExportFacet Export { get; init; } = ExportFacet.None;

    public CustodyFacet Custody { get; init; } = CustodyFacet.None;

    /// <summary>Its media and what was wiped; the worst of them is its state.</summary>
    public DataFacet Data { get; init; } = DataFacet.Unknown;

    /// <summary>When the newest of its facts occurred.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>When the newest event occurred that moved its state: what an act on it may not be put before.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>Last fact that changed it: what blocks when a state is in the way.</summary>
    public Guid LastEvent { get; init; }
}

/// <summary>Who owns it and since when; null where no fact says.</summary>
public sealed record Ownership(PartyRef? Party, DateOnly? Since)
{
    /// <summary>Whether it is certainly not this party's: nobody who is not told is another.</summary>
    public bool IsNot(PartyRef? party) => Party is { } owner && party is not null && owner.IsOtherThan(party);
}

/// <summary>Where an item stands in its life (domain.md §3.2).</summary>
public enum Life
{
    /// <summary>Its owner has it; no offer, no deal.</summary>
    Held,

    /// <summary>In a dealer's stock.</summary>
    Stocked,

    /// <summary>Offered for sale in a market.</summary>
    Listed,

    /// <summary>A deal on it is under way.</summary>
    InDeal,

    /// <summary>The police have noted 转让待出口 on its registration.</summary>
    ExportPending,

    /// <summary>It has left the country.</summary>
    Exported,

    /// <summary>Given up for recovery; no event leads here yet (domain.md §11).</summary>
    Surrendered,

    /// <summary>Its recovery is certified; no event leads here yet.</summary>
    Certified,

    /// <summary>Struck off the register of vehicles; no event leads here yet.</summary>
    Deregistered,

    /// <summary>Its life is over; no event leads here yet.</summary>
    Ended,
}

/// <summary>Its condition: readings, grade, brands.</summary>
public sealed record Condition(OdometerSeries Odometer, int? Grade, ImmutableArray<Brand> Brands)
{
    public static Condition Unknown(string category) => new(OdometerSeries.Unread(category), null, []);

    /// <summary>Brands that were put right; they stay among <see cref="Brands"/>.</summary>
    public ImmutableArray<Brand> Resolved { get; init; } = [];

    /// <summary>What is shown: the newest reading by its day.</summary>
    public long? OdometerKm => Odometer.Shown?.Km;
}
