namespace Ledger.Kernel;

/// <summary>A member of an event that the ledger derives and no party states: a party's signature does not cover it
/// (proof.md §6, <c>judged</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LedgerDerivedAttribute : Attribute;
