using Ledger.Goods;
using Ledger.Kernel.Identifiers;

namespace Ledger.Store;

/// <summary>Conflicts of identity: what is recorded stands on both things, or on none.</summary>
public sealed class IdentityDesk(StreamDesk streams)
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
            [first, second.ItemId],
            order,
            async read =>
            {
                var items = await read.ItemsAsync([second.ItemId, first], stop);
                return IdentityDecider.Raise(identifier, evidence, first, items[first], second, read.Situation());
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
            [one, other],
            order,
            async read =>
            {
                var items = await read.ItemsAsync([one, other], stop);
                return IdentityDecider.Resolve(said, one, items[one], other, items[other], read.Situation());
            },
            stop
        );
}
