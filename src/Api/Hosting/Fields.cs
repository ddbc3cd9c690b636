using System.Collections.Immutable;
using Ledger;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Api.Hosting;

/// <summary>
/// Judges the values of a body: every fault is collected, so that a caller learns all of them at once (422 with
/// <c>errors</c>). Shape — JSON, types, members — was judged before (400).
/// </summary>
sealed class Fields(string scope)
{
    readonly List<Refusal> faults = [];

    public ImmutableArray<Refusal> Faults => [.. faults];
    public bool Good => faults.Count == 0;

    public string? Text(string? value, string name, int longest = 200)
    {
        if (value is null)
            return null;
        if (value.Trim().Length == 0)
            return Fail<string>(Refusal.Of("value-missing", ("name", name)), name);
        return PlainText.Check(value, longest) is { } bad ? Fail<string>(bad, name) : value.Trim();
    }

    public string Needed(string value, string name, int longest = 200) => Text(value, name, longest) ?? "";

    public T Word<T>(string value, string name)
        where T : struct, Enum
    {
        if (WireWords.TryRead<T>(value, out var word))
            return word;
        Malformed(value, name, string.Join(", ", WireWords.All<T>()));
        return default;
    }

    public long Number(long value, string name, long least, long most)
    {
        if (value < least || value > most)
            faults.Add(
                Refusal
                    .Of("value-out-of-range", ("name", name), ("value", value), ("least", least), ("most", most))
                    .At(name)
            );
        return value;
    }

    public long? Number(long? value, string name, long least, long most) =>
        value is { } n ? Number(n, name, least, most) : null;

    public long Fen(long value, string name) => Number(value, name, 0, Bounds.MostFen);

    public string Currency(string? value)
    {
        var currency = value ?? "CNY";
        if (!Bounds.IsCurrency(currency))
            Malformed(currency, "currency", "ISO 4217, e.g. CNY");
        return currency;
    }

    public DateOnly? Day(string? value, string name)
    {
        Known(name);
        if (value is null)
            return null;
        if (Instants.TryParseDay(value, out var day) && day >= Bounds.OldestDay)
            return day;
        Malformed(value, name, "yyyy-MM-dd, from 1900-01-01");
        return null;
    }

    /// <summary>What a time means beside the clock is said in one list; a door that reads another one is at
    /// fault.</summary>
    static void Known(string name)
    {
        if (!ActTimes.Knows(name))
            throw new InvalidOperationException($"“{name}” has no line in {nameof(ActTimes)}.");
    }

    public DateTimeOffset? Instant(string? value, string name)
    {
        Known(name);
        if (value is null)
            return null;
        if (Instants.TryParse(value, out var instant) && instant >= ShanghaiDay.Start(Bounds.OldestDay))
            return instant;
        Malformed(value, name, "RFC 3339, e.g. 2026-01-31T12:00:00.000Z");
        return null;
    }

    /// <param name="within">Whose word it is where it stands alone; null: the caller's.</param>
    public PartyRef? Party(string? value, string name, string? within = null)
    {
        if (value is null)
            return null;
        var (party, refusal) = PartyRef.Parse(value, within ?? scope, name);
        if (refusal is not null)
            faults.Add(refusal);
        return party;
    }

    public PartyRef NeededParty(string value, string name, string? within = null) =>
        Party(value, name, within) ?? new(within ?? scope, "");

    public string Market(string value, string name)
    {
        if (MarketCode.Check(value) is { } bad)
            faults.Add(bad.At(name));
        return value;
    }

    /// <summary>ISO 3166-1, two capital letters.</summary>
    public string Country(string value, string name)
    {
        if (value.Length != 2 || !value.All(char.IsAsciiLetterUpper))
            Malformed(value, name, "ISO 3166-1, e.g. KE");
        return value;
    }

    /// <summary>A code of digits alone.</summary>
    public string Digits(string value, string name, int least, int most)
    {
        if (value.Length < least || value.Length > most || !value.All(char.IsAsciiDigit))
            Malformed(value, name, $"{least} to {most} digits");
        return value;
    }

    public string? Division(string? value, string name)
    {
        if (value is not null && Divisions.Find(value) is null)
            faults.Add(Refusal.Of("division-unknown", ("value", Bounds.Short(value))).At(name));
        return value;
    }

    /// <summary>A code of domain.md §1, e.g. <c>CLK</c>.</summary>
    public string Role(string value, string name)
    {
        if (RoleTable.Find(value) is null or { Role: Roles.Sys })
            Malformed(value, name, RoleTable.Codes(Roles.Anyone));
        return value;
    }

    public Guid Id(string value, string name)
    {
        if (Guid.TryParse(value, out var id))
            return id;
        Malformed(value, name, "UUID");
        return default;
    }

    /// <summary>SHA-256 of a document, as <c>sha256sum</c> prints it: 64 hexadecimal digits, in small
    /// letters.</summary>
    public string? Hash(string? value, string name)
    {
        if (value is null)
            return null;
        var text = value.Trim().ToLowerInvariant();
        if (text.Length == 64 && text.All(char.IsAsciiHexDigitLower))
            return text;
        Malformed(value, name, "SHA-256: 64 hexadecimal digits");
        return null;
    }

    public string NeededHash(string value, string name) => Hash(value, name) ?? "";

    /// <summary>Of several documents, at most a hundred.</summary>
    public ImmutableArray<string>? Hashes(IReadOnlyList<string>? values, string name) =>
        Several(values, name, v => NeededHash(v, name));

    /// <summary>Several short texts, at most a hundred.</summary>
    public ImmutableArray<string>? Texts(IReadOnlyList<string>? values, string name) =>
        Several(values, name, v => Needed(v, name));

    ImmutableArray<string>? Several(IReadOnlyList<string>? values, string name, Func<string, string> judged)
    {
        if (values is null)
            return null;
        Number(values.Count, name, 0, 100);
        return [.. values.Take(100).Select(judged)];
    }

    /// <summary>Identifiers to bind, one a text: what a file's cell parts by <c>;</c> would be taken for one serial
    /// number, and the rest be lost in it.</summary>
    public ImmutableArray<NamedIdentifier> NewIdentifiers(IReadOnlyList<string> values, string name, Handles handles)
    {
        if (values.FirstOrDefault(Identifier.NamesSeveral) is { } several)
            faults.Add(Refusal.Of("identifier-malformed", ("value", Bounds.Short(several))).At(name));
        var identifiers = Identifiers(values, name, handles);
        foreach (var placeholder in identifiers.Where(i => Placeholder.Is(i.Identifier)))
            faults.Add(Placeholder.Refused(placeholder.Identifier.ToString()).At(name));
        return identifiers;
    }

    public ImmutableArray<NamedIdentifier> Identifiers(IReadOnlyList<string> values, string name, Handles handles)
    {
        var found = ImmutableArray.CreateBuilder<NamedIdentifier>();
        if (Identifier.WrongCount(values.Count, name) is { } wrong)
            faults.Add(wrong);
        foreach (var value in values.Take(Bounds.MostIdentifiers))
        {
            var (identifier, refusal) = Identifier.Parse(value);
            if (refusal is not null)
                faults.Add(refusal.At(name));
            else if (found.All(f => f.Identifier != identifier))
                found.Add(handles.Name(identifier!));
        }
        return found.ToImmutable();
    }

    public void Add(Refusal refusal) => faults.Add(refusal);

    public void Malformed(string value, string name, string expected) =>
        faults.Add(
            Refusal
                .Of("value-malformed", ("name", name), ("value", Bounds.Short(value)), ("expected", expected))
                .At(name)
        );

    T? Fail<T>(Refusal refusal, string name)
    {
        faults.Add(refusal.At(name));
        return default;
    }
}
