using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger;

/// <summary>Every kind of reservation that there is (domain.md §7), gathered from the nouns. Rows of other kinds are
/// nobody's; what no event ever does to a row of a kind, the database refuses.</summary>
public static class ReservationKinds
{
    /// <summary>Prefix of those that are keyed by the handle of an identifier.</summary>
    public const string Aliases = "alias:";

    public static ImmutableArray<ReservationKind> All { get; } = [.. Modules.All.SelectMany(m => m.Reservations)];

    static readonly FrozenDictionary<string, ReservationKind> ByName = All.ToFrozenDictionary(
        k => k.Name,
        StringComparer.Ordinal
    );

    /// <summary>Whether a kind is keyed by the handle of an identifier or a code.</summary>
    public static bool IsAlias(string kind) => kind.StartsWith(Aliases, StringComparison.Ordinal);

    /// <summary>The kind of that name.</summary>
    public static ReservationKind Of(string kind) => ByName[kind];
}
