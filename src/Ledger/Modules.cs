using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ledger.Credit;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Operations;
using Ledger.Parties;
using Ledger.Supervision;

namespace Ledger;

/// <summary>How the commands of every union are decided: one list that the pipeline looks up.</summary>
public static class Modules
{
    public static ImmutableArray<CommandKind> Commands { get; } =
    [
        ItemModule.Commands,
        IdentityDecider.Commands,
        BorderDecider.Commands,
        BatchDecider.Commands,
        ExporterDecider.Commands,
        IncidentDecider.Commands,
        MarketDecider.Commands,
        StationDecider.Commands,
        StaffDecider.Commands,
        PartyDecider.Commands,
        KeyDecider.Commands,
        IssuerDecider.Commands,
        CreditDecider.Commands,
        ReadingDecider.Commands,
        CaseDecider.Commands,
        IndicatorDecider.Commands,
        LogDecider.Commands,
    ];

    static readonly ConcurrentDictionary<Type, CommandKind> ByType = new();

    /// <summary>The nearest union that a command belongs to.</summary>
    /// <exception cref="UnknownCommandException">No module decides it.</exception>
    public static CommandKind Of(LedgerCommand command) =>
        ByType.GetOrAdd(
            command.GetType(),
            static (type, command) =>
            {
                for (var union = type; union is not null; union = union.BaseType)
                    if (Commands.FirstOrDefault(c => c.Union == union) is { } found)
                        return found;
                throw new UnknownCommandException(command);
            },
            command
        );
}
