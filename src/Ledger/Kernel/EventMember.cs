using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Kernel;

/// <summary>A member of the record of an event, as it is said.</summary>
/// <param name="Name">Its wire name, e.g. <c>askFen</c>.</param>
/// <param name="Type">Without its <c>?</c>.</param>
/// <param name="IsDerived">The ledger derives it (<see cref="LedgerDerivedAttribute"/>).</param>
public sealed record EventMember(string Name, Type Type, bool IsDerived)
{
    static readonly ConcurrentDictionary<Type, ImmutableArray<EventMember>> Known = new();

    /// <summary>The members of a record, in their order; without the further facts that any event may have.</summary>
    public static ImmutableArray<EventMember> Of(Type record) =>
        Known.GetOrAdd(
            record,
            static r =>
                [
                    .. r.GetConstructors()[0]
                        .GetParameters()
                        .Select(p => new EventMember(
                            JsonNamingPolicy.CamelCase.ConvertName(p.Name!),
                            Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType,
                            r.GetProperty(p.Name!)?.IsDefined(typeof(LedgerDerivedAttribute), false) is true
                        )),
                ]
        );

    /// <summary>The type of a member; null: the record has none of that name.</summary>
    public static Type? TypeOf(Type record, string name) => Of(record).FirstOrDefault(m => m.Name == name)?.Type;
}
