using Ledger.Kernel;
using Ledger.Store.Vault;

namespace Api.Import;

/// <summary>The parties that a chunk of rows names, as ids of the vault.</summary>
sealed class RowParties(PersonalVault vault, DryLedger? dry)
{
    /// <summary>A book that knows them; a dry run keeps one for the whole file.</summary>
    public async Task<SubjectBook> OpenAsync(List<Wanted> rows, CancellationToken stop)
    {
        var words = new HashSet<PartyRef>();
        foreach (var row in rows)
            row.Want.Order?.Command.WithParties(p =>
            {
                words.Add(p);
                return p;
            });
        if (dry is null)
            return await vault.OpenAsync(words, stop);
        dry.Subjects ??= await vault.OpenAsync([], stop);
        await vault.AddAsync(dry.Subjects, words, [], stop);
        return dry.Subjects;
    }

    /// <summary>The row as it is decided; the word it came with stays for a further round.</summary>
    public static Wanted Mapped(Wanted row, SubjectBook subjects) =>
        row.Want.Order is { } order
            ? row with
            {
                Want = row.Want with { Order = order with { Command = order.Command.WithParties(subjects.IdOf) } },
                AsRead = row,
            }
            : row with
            {
                AsRead = row,
            };
}
