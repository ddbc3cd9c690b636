using Api.Hosting;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Api;

/// <summary>
/// The party that an address or a body names, in the one way in which its stream knows it: an organisation by its code,
/// a market by its own, a person by the market's word in full. A word alone is nobody's: two markets may each have a
/// G-08, and a file that was asked for under it would be empty.
/// </summary>
static class PartyPath
{
    const string Full = "MK-510100-0007/K-118, GB 32100-2015",
        OfPerson = "MK-510100-0007/K-118";

    public static string Raw(HttpContext http) => ItemPath.Raw(http, "ref");

    /// <summary>The party of <c>/parties/{ref}</c>.</summary>
    public static string Of(HttpContext http, Fields fields) => Of(Raw(http), fields, "ref");

    /// <inheritdoc cref="PartyPath"/>
    public static string Of(string text, Fields fields, string name)
    {
        var said = Read(text, fields, name);
        if (said is not null && !Uscc.HasShape(said) && !MarketCode.IsWellFormed(said.Split('/', 2)[0]))
            fields.Malformed(text, name, Full);
        return said ?? "";
    }

    /// <summary>The same, also of who is named by a word alone: no number of a person.</summary>
    public static string Reference(string text, Fields fields, string name) => Read(text, fields, name) ?? "";

    /// <summary>A person, who has a market's word and no code.</summary>
    /// <param name="within">The market whose word it is where it stands alone; empty: none.</param>
    public static PartyRef? Person(string text, Fields fields, string name, string within)
    {
        if (fields.Needed(text, name, PartyRef.Longest) is not { Length: > 0 } said)
            return null;
        var person = fields.Party(Canonical(said), name, within);
        if (person is null || MarketCode.IsWellFormed(person.Scope))
            return person;
        fields.Malformed(text, name, OfPerson);
        return null;
    }

    /// <summary>Codes in capitals, also the market's before a word; a word as it is.</summary>
    public static string Canonical(string said)
    {
        var slash = said.IndexOf('/', StringComparison.Ordinal);
        var code = (slash < 0 ? said : said[..slash]).ToUpperInvariant();
        return MarketCode.IsWellFormed(code) || (slash < 0 && (Uscc.HasShape(code) || StationCode.IsWellFormed(code)))
            ? slash < 0
                ? code
                : $"{code}/{said[(slash + 1)..].Trim()}"
            : said;
    }

    /// <returns>Null where a fault was told.</returns>
    static string? Read(string text, Fields fields, string name)
    {
        if (fields.Needed(text, name, PartyRef.Longest) is not { Length: > 0 } said)
            return null;
        // Of a code of eighteen digits too: a resident number may have its shape.
        return fields.Party(said, name, within: "") is null ? null : Canonical(said);
    }
}
