using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Credit;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Markets;
using Ledger.Operations;
using Ledger.Parties;
using Ledger.Rules;
using Ledger.Supervision;
using Ledger.Trading;

namespace Ledger;

/// <summary>Every noun of the product; whatever varies with the noun is looked up here.</summary>
public static class Modules
{
    public static ImmutableArray<Module> All { get; } =
    [
        GoodsModule.Module,
        TradingModule.Module,
        CustodyModule.Module,
        DataWipeModule.Module,
        EncumbrancesModule.Module,
        ExportsModule.Module,
        CreditModule.Module,
        IndicatorsModule.Module,
        MarketsModule.Module,
        KeysModule.Module,
        PartiesModule.Module,
        SupervisionModule.Module,
        OperationsModule.Module,
    ];

    /// <summary>What each noun adds to an item.</summary>
    public static ImmutableArray<ItemPart> ItemParts { get; } = [.. All.Select(m => m.Item).OfType<ItemPart>()];

    /// <summary>Kinds of streams, by the name that is stored.</summary>
    public static FrozenDictionary<string, StreamKind> StreamKinds { get; } =
        All.SelectMany(m => m.Streams).ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>The rules of every noun.</summary>
    public static IEnumerable<Rule> Rules => All.SelectMany(m => m.Rules);

    /// <summary>Kinds of events on an item that may be corrected, by their record.</summary>
    public static FrozenDictionary<Type, Correctable> Correctable { get; } =
        ItemParts.SelectMany(p => p.Corrections).ToFrozenDictionary(c => c.Event);

    /// <summary>Kinds of events that name identifiers, by their record.</summary>
    public static FrozenDictionary<Type, IdentifierLine> Identifiers { get; } =
        All.SelectMany(m => m.Identifiers).ToFrozenDictionary(l => l.Event);

    /// <summary>The member that a register's column <c>party</c> speaks of, by the event's record.</summary>
    public static FrozenDictionary<Type, string> ObservedParties { get; } =
        ItemParts.SelectMany(p => p.ObservedParties).ToFrozenDictionary(p => p.Key, p => p.Value);

    /// <summary>Facts of other registers about things that are no items, by the event's record.</summary>
    public static FrozenDictionary<Type, ObservedLine> Observed { get; } =
        All.SelectMany(m => m.Observed).ToFrozenDictionary(l => l.Event);

    /// <summary>Who may give a command, by its record.</summary>
    public static FrozenDictionary<Type, Permit> Permits { get; } =
        All.SelectMany(m => m.Permits).ToFrozenDictionary(p => p.Command);

    static readonly FrozenDictionary<Type, CommandKind> ByUnion = All.SelectMany(m => m.Commands)
        .ToFrozenDictionary(c => c.Union);

    static readonly ConcurrentDictionary<Type, CommandKind> ByType = new();

    /// <summary>The nearest union that a command belongs to.</summary>
    /// <exception cref="UnknownCommandException">No module decides it.</exception>
    public static CommandKind Of(LedgerCommand command) =>
        ByType.GetOrAdd(
            command.GetType(),
            static (type, command) =>
            {
                for (var union = type; union is not null; union = union.BaseType)
                    if (ByUnion.TryGetValue(union, out var found))
                        return found;
                throw new UnknownCommandException(command);
            },
            command
        );
}
