namespace Ledger.Kernel;

/// <summary>What a law, a party or the ledger's word hangs on: no command comes to it by a side road. Which events are
/// each: <see cref="ProtectedEnds"/>; which commands come to it, for whom, after what: <see cref="Permit"/>.</summary>
public enum ProtectedEnd
{
    /// <summary>A thing becomes somebody else's.</summary>
    Ownership,

    /// <summary>A thing enters a dealer's stock, or leaves it without a deal.</summary>
    Stock,

    /// <summary>A lien begins, ends or changes, or its lender lets a deal pass.</summary>
    Lien,

    /// <summary>A hold begins or ends.</summary>
    Hold,

    /// <summary>An offer begins, ends or changes.</summary>
    Listing,

    /// <summary>A deal begins, goes on or ends.</summary>
    Deal,

    /// <summary>A thing comes into somebody's keeping, or into another's.</summary>
    Custody,

    /// <summary>A storage medium becomes clear of data, or what says so is withdrawn.</summary>
    Medium,

    /// <summary>A car leaves the country, or comes back.</summary>
    Border,

    /// <summary>An incident, a case or a complaint is closed.</summary>
    Inquiry,

    /// <summary>A fact is corrected or voided.</summary>
    Fact,

    /// <summary>Somebody's data is read or disclosed, or may be.</summary>
    Data,

    /// <summary>A market, station, exporter or issuer, or an authority's role, opens, stops or goes on.</summary>
    Standing,
}
