using Ledger.Store.Postgres;

namespace Ledger.Store.Publishing;

/// <summary>What each witness cosigned last, remembered across restarts: the first proof then fits.</summary>
sealed class Cosigners(LedgerDatabase database)
{
    readonly CosignerRows rows = new(database);
    readonly Dictionary<string, ulong> last = new(StringComparer.Ordinal);

    /// <summary>0 where it is not known.</summary>
    public ulong LastOf(Proof.Witness witness) => last.GetValueOrDefault(witness.Key.Key.Vkey);

    public async Task LoadAsync(CancellationToken stop)
    {
        foreach (var (vkey, size) in await rows.AllAsync(stop))
            last[vkey] = size;
    }

    /// <summary>Remembers that these cosigned a size.</summary>
    public async Task SaveAsync(IReadOnlyCollection<Proof.Witness> cosigned, ulong size, CancellationToken stop)
    {
        foreach (var witness in cosigned)
            last[witness.Key.Key.Vkey] = size;
        await rows.SaveAsync(cosigned, size, stop);
    }
}
