namespace Ledger.Kernel;

/// <summary>A kind of event that another register may report of a thing that is no item.</summary>
/// <param name="Event">Its record.</param>
/// <param name="Prefix">Of the thing in the column <c>identifiers</c>, e.g. <c>market:</c>.</param>
/// <param name="Check">Whether the code behind the prefix is one; null: it is.</param>
/// <param name="Command">From the code and what the register says.</param>
public sealed record ObservedLine(
    Type Event,
    string Prefix,
    Func<string, Refusal?> Check,
    Func<string, LedgerEvent, LedgerCommand> Command
);
