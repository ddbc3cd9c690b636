using Ledger.Kernel;

namespace Ledger.Store.Vault;

/// <summary>
/// A party's word as the vault keeps it, encrypted, and where it is found again. Versions up to 179ed00 joined scope
/// and
/// word by a slash whatever they held: what has two slashes then may have been either of two parties. Such a label
/// stays
/// as it is; which party it was recorded for is told by the mark of its word alone
/// (<see cref="PersonalVault.PartyAlone"/>), which they wrote beside it.
/// </summary>
static class PartyLabel
{
    /// <summary>Stands in no text.</summary>
    const char Between = '\0';

    public static string Of(PartyRef word) =>
        word.HasSlash ? $"{word.Scope}{Between}{word.Reference}" : $"{word.Scope}/{word.Reference}";

    /// <returns>Null where it may be read in several ways.</returns>
    public static PartyRef? Read(string label)
    {
        var between = label.IndexOf(Between, StringComparison.Ordinal);
        if (between < 0)
            between = label.IndexOf('/', StringComparison.Ordinal);
        return label[between] == Between || label.LastIndexOf('/') == between ? PartyText.At(label, between) : null;
    }

    /// <summary>Every party that a label of then may stand for.</summary>
    static IEnumerable<PartyRef> Readings(string label)
    {
        for (var at = label.IndexOf('/', StringComparison.Ordinal); at >= 0; at = label.IndexOf('/', at + 1))
            yield return PartyText.At(label, at);
    }

    /// <summary>The party that a label of then was recorded for.</summary>
    /// <param name="alone">The mark of its word alone.</param>
    public static PartyRef Recorded(string label, IReadOnlyCollection<byte[]> alone, Handles handles) =>
        Readings(label)
            .FirstOrDefault(party =>
                alone.Any(mark =>
                    mark.AsSpan().SequenceEqual(handles.OfBlind(PersonalVault.PartyAlone, party.Reference))
                )
            )
        ?? Readings(label).First();

    /// <summary>Where a party is put.</summary>
    public static byte[] Mark(PartyRef word, Handles handles) =>
        word.HasSlash ? handles.OfBlind(PersonalVault.Party, word) : MarkOfThen(word, handles);

    /// <summary>Where it may stand: one with a slash also where versions of then put it.</summary>
    public static IEnumerable<byte[]> Marks(PartyRef word, Handles handles) =>
        word.HasSlash ? [Mark(word, handles), MarkOfThen(word, handles)] : [Mark(word, handles)];

    static byte[] MarkOfThen(PartyRef word, Handles handles) =>
        handles.OfBlind(PersonalVault.Party, $"{word.Scope}/{word.Reference}");
}
