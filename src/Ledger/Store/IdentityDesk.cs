using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Store;

/// <summary>Conflicts of identity: what is recorded stands on both things, or on none.</summary>
public sealed class IdentityDesk(CommandDesk desk, StreamDesk streams)
{
    /// <returns>The answer names the second thing.</returns>
    public Task<Answer> RaiseAsync(
        Guid first,
        NamedIdentifier identifier,
        string? evidence,
        RegisterItem second,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            order,
            async read =>
            {
                var items = await read.ItemsAsync([second.ItemId, first], stop);
                return IdentityDecider.Raise(identifier, evidence, first, items[first], second, Situation(order));
            },
            stop
        );

    public Task<Answer> ResolveAsync(
        Guid one,
        Guid other,
        IdentityConflictResolved said,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            order,
            async read =>
            {
                var items = await read.ItemsAsync([one, other], stop);
                return IdentityDecider.Resolve(said, one, items[one], other, items[other], Situation(order));
            },
            stop
        );

    Situation Situation(StreamOrder order) =>
        new(order.OccurredAt, desk.Now, RuleSet.Current, order.By.Actor, order.By.SecondActor)
        {
            Guards = ImmutableDictionary<GuardKey, string>.Empty,
        };
}
