using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>Who may give the commands of keys of parties.</summary>
static class KeysPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [Permit.Of<RegisterKey>(Roles.Anyone), Permit.Of<RevokeKey>(Roles.Anyone)];
}
