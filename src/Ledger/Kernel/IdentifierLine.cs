using System.Collections.Immutable;
using Ledger.Kernel.Identifiers;

namespace Ledger.Kernel;

/// <summary>A kind of event that names identifiers: it holds their handles, the vault their texts.</summary>
/// <param name="Event">Its record.</param>
/// <param name="Disclosure">Name of the disclosure that tells the texts.</param>
/// <param name="Tell">Value of that disclosure as JSON, from the event and the texts of its command; null: there is
/// nothing to tell.</param>
public sealed record IdentifierLine(
    Type Event,
    string Disclosure,
    Func<LedgerEvent, ImmutableArray<Identifier>, Handles, byte[]?> Tell
)
{
    /// <summary>Where the event binds them to its stream; null: it only names them.</summary>
    public BoundMember? Bound { get; init; }
}

/// <summary>The member of an event that binds identifiers to its stream.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="IsList">It holds several.</param>
public sealed record BoundMember(string Name, bool IsList, Func<LedgerEvent, ImmutableArray<IdentifierRef>> Of);
