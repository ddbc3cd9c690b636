using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>
/// What a reservation says of one licence number over all parties: its holder, and the terms for which it is valid. So
/// an act on an item can ask of a number whether it was valid on the act's day without reading its holder.
/// Form: <c>holder|from..to;from..to</c>; an open end is empty.
/// </summary>
public sealed record LicenceTerms(Guid Holder, ImmutableArray<Term> Terms)
{
    public static ReservationKey Row(LicenceKind kind, string number) =>
        new("licence", $"{WireWords.Of(kind)}:{number}");

    public static LicenceTerms? Read(string? row)
    {
        if (row is null || row.IndexOf('|', StringComparison.Ordinal) is not (> 0 and var bar))
            return null;
        return new(Guid.Parse(row.AsSpan(0, bar)), [.. row[(bar + 1)..].Split(';').Select(Term.Read).OfType<Term>()]);
    }

    /// <summary>The row of a party's licences of one number; null: it has none.</summary>
    public static string Text(Guid holder, IEnumerable<Licence> licences) =>
        $"{holder}|{string.Join(';', licences.Select(l => l.Term))}";

    public bool IsValidOn(DateOnly day) => Terms.Any(t => t.Holds(day));
}
