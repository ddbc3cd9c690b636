using Ledger.Proof;
using Npgsql;

namespace Ledger.Store.Postgres.Schema;

/// <summary>
/// Whether the keys at hand are those that an existing ledger was written with, told before anything is read or written
/// under them: with another key texts read as lost, heads as forged, and new rows can be read by nobody later. Kh and
/// the names of log and witness stand in the database themselves (<c>about</c>, <c>lane</c>); of the others samples are
/// tried. A key is another one only where nothing fits it: single rows that do not are the audit's to name.
/// </summary>
static class KeyFit
{
    /// <summary>Subjects that are tried, spread over all: ids are random.</summary>
    const int Probes = 64;

    /// <summary>Heads that are tried at either end.</summary>
    const int Heads = 8;

    /// <param name="cosigned">What the house witness holds, where it is asked: notes of the log too.</param>
    /// <exception cref="OtherKeyException">A key is missing, or is not this ledger's.</exception>
    public static async Task CheckAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        CosignedHead? cosigned,
        CancellationToken stop
    )
    {
        await CheckVaultAsync(connection, database, stop);
        await CheckHeadsAsync(connection, database, stop);
        await CheckNotesAsync(connection, database, cosigned, stop);
    }

    static async Task CheckVaultAsync(NpgsqlConnection connection, LedgerDatabase database, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct k.subject_id, k.wrapped, k.kek_generation from unnest($1::uuid[]) p(id)
            cross join lateral (select subject_id, wrapped, kek_generation from vault.subject_key
                where subject_id >= p.id and wrapped is not null order by subject_id limit 1) k
            """,
            connection
        );
        command.Parameters.AddWithValue(
            Enumerable.Range(0, Probes).Select(i => new Guid(i * (256 / Probes) << 24, 0, 0, new byte[8])).ToArray()
        );
        var tried = new Dictionary<int, (int Rows, bool Opens)>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var generation = rows.GetInt32(2);
            var before = tried.GetValueOrDefault(generation);
            var opens =
                before.Opens
                || database.Keys.Vault.TryUnwrap(rows.GetGuid(0), generation, rows.GetFieldValue<byte[]>(1))
                    is not null;
            tried[generation] = (before.Rows + 1, opens);
        }
        foreach (var (generation, (count, opens)) in tried.OrderBy(t => t.Key))
            if (!database.Keys.Vault.Has(generation))
                throw new OtherKeyException($"keys/kek-{generation} is missing, and texts of the vault need it");
            else if (!opens)
                throw new OtherKeyException(
                    $"keys/kek-{generation} is not the key that this ledger was written with: none of {count} subject keys of that generation that were tried opens with it"
                );
    }

    static async Task CheckHeadsAsync(NpgsqlConnection connection, LedgerDatabase database, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"""
            (select size, root, seq, mac from proof.head order by size limit {Heads})
            union (select size, root, seq, mac from proof.head order by size desc limit {Heads})
            """,
            connection
        );
        var count = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        for (; await rows.ReadAsync(stop); count++)
            if (database.Log.Fits(HeadRows.HeadFrom(rows)))
                return;
        if (count > 0)
            throw new OtherKeyException(
                $"keys/kl is not the key that this ledger was written with (or keys/log is another log's): none of {count} heads that were tried carries its mark"
            );
    }

    static async Task CheckNotesAsync(
        NpgsqlConnection connection,
        LedgerDatabase database,
        CosignedHead? cosigned,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            """
            (select note from proof.checkpoint order by size limit 1)
            union (select note from proof.checkpoint order by size desc limit 1)
            """,
            connection
        );
        var notes = cosigned is null ? [] : new List<string> { cosigned.Note };
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            notes.Add(rows.GetString(0));
        var log = NoteVerifier.Read(database.Log.Signer.Vkey)!;
        if (notes.Count > 0 && !notes.Any(note => IsBy(note, log)))
            throw new OtherKeyException(
                $"keys/log is not the key that this ledger was written with: none of {notes.Count} checkpoints is signed by it"
            );
    }

    static bool IsBy(string note, NoteVerifier log) => SignedNote.Open(note, log).Fault is null;
}
