using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Api.Http;

/// <summary>
/// The party that an address or a body names, in the one way in which its stream knows it: an organisation by its code,
/// a market by its own, a person by the market's word in full. A word alone is nobody's: two markets may each have a
/// G-08, and a file that was asked for under it would be empty.
/// </summary>
static class PartyPath
{
    const string Expected = "MK-…/WORD, or an organisation's code";

    public static string Raw(HttpContext http) => ItemPath.Raw(http, "parties", "ref");

    /// <summary>The party of <c>/parties/{ref}</c>.</summary>
    public static string Of(HttpContext http, Fields fields) => Of(Raw(http), fields, "ref");

    /// <inheritdoc cref="PartyPath"/>
    /// <param name="within">The market whose word it is where it stands alone; empty: none.</param>
    public static string Of(string text, Fields fields, string name, string within = "")
    {
        var said = Read(text, fields, name, within);
        if (said is not null && !IsFull(said))
            fields.Malformed(text, name, Expected);
        return said ?? "";
    }

    /// <summary>The same, also of who is named by a word alone: no number of a person.</summary>
    public static string Reference(string text, Fields fields, string name) => Read(text, fields, name, "") ?? "";

    /// <returns>Null where a fault was told.</returns>
    static string? Read(string text, Fields fields, string name, string within)
    {
        if (fields.Needed(text, name, PartyRef.Longest) is not { Length: > 0 } said)
            return null;
        var code = said.ToUpperInvariant();
        if (Uscc.HasShape(code) || MarketCode.IsWellFormed(code))
            return code;
        return fields.Party(said, name, within) is not { } party ? null
            : party.Scope.Length > 0 ? $"{party}"
            : said;
    }

    static bool IsFull(string said) => Uscc.HasShape(said) || MarketCode.IsWellFormed(said.Split('/', 2)[0]);
}
