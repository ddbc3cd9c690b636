using System.Collections.Immutable;
using Ledger.Kernel.Identifiers;

namespace Ledger.Kernel;

/// <summary>A kind of guard row, and what may become of a row of it once it stands.</summary>
/// <param name="Changes">Its value may become another one.</param>
/// <param name="Goes">It may be freed.</param>
public sealed record GuardKind(string Name, bool Changes = false, bool Goes = false);

/// <summary>Every kind of guard row that there is (domain.md §7). Rows of other kinds are nobody's; what no event ever
/// does to a row of a kind, the database refuses.</summary>
public static class GuardKinds
{
    /// <summary>Keyed by the handle of an identifier.</summary>
    public const string Aliases = "alias:";

    public static ImmutableArray<GuardKind> All { get; } =
    [
        // Whatever an identifier was bound to, it stays bound to.
        .. Identifier.Kinds.Select(kind => new GuardKind(Aliases + kind)),
        new(Aliases + "market"),
        new("key"),
        new("invoice"),
        new("wipe-report"),
        // Within one batch it may be freed and taken again, or counted twice: the row sees only what comes of it.
        new("medium", Changes: true, Goes: true),
        new("cars", Changes: true, Goes: true),
        new("cars-undated", Changes: true, Goes: true),
        new("tool", Changes: true, Goes: true),
        new("licence", Changes: true, Goes: true),
        new("site", Changes: true, Goes: true),
        new("issuer", Changes: true),
    ];

    public static bool IsAlias(string kind) => kind.StartsWith(Aliases, StringComparison.Ordinal);
}
