namespace Ledger.Kernel;

/// <summary>
/// A party as one text, and back. Scope and word stand with a slash between them, as they always have, where that can
/// be
/// read in one way only: the scope holds no slash, so the first one parts them; or the word is an id of the vault,
/// which
/// holds none, so the last one does. Any other pair, above all one whose scope is the reference of whoever acted
/// without
/// a site (<c>MK-510100-0007/K-118</c>), begins with a slash and has its own slashes escaped:
/// <c>/MK-510100-0007%2FK-118/K-500</c>. Distinct pairs have distinct texts.
/// </summary>
public static class PartyText
{
    public static string Of(PartyRef party) =>
        party is { Scope: PartyRef.Organisations, Subject: null } ? party.Reference
        : party.Subject is not null || IsPlain(party.Scope, party.Reference) ? $"{party.Scope}/{party.Reference}"
        : $"/{Escaped(party.Scope)}/{Escaped(party.Reference)}";

    /// <summary>The party that a text with a slash says.</summary>
    public static PartyRef Read(string text)
    {
        var last = text.LastIndexOf('/');
        if (PartyRef.IdOf(text.AsSpan(last + 1)) is not null)
            return At(text, last);
        return ReadEscaped(text) ?? At(text, text.IndexOf('/', StringComparison.Ordinal));
    }

    /// <returns>Null where the text is none of those with escaped slashes.</returns>
    public static PartyRef? ReadEscaped(string text)
    {
        var between = text.LastIndexOf('/');
        return
            between > 0
            && text.StartsWith('/')
            && text.IndexOf('/', 1) == between
            && new PartyRef(Unescaped(text[1..between]), Unescaped(text[(between + 1)..])) is var party
            && Of(party) == text
            ? party
            : null;
    }

    /// <summary>A text in two at one of its slashes.</summary>
    public static PartyRef At(string text, int slash) => new(text[..slash], text[(slash + 1)..]);

    static bool IsPlain(string scope, string word)
    {
        var slash = word.LastIndexOf('/');
        return !scope.Contains('/', StringComparison.Ordinal)
            && (slash < 0 || (scope.Length > 0 && PartyRef.IdOf(word.AsSpan(slash + 1)) is null));
    }

    static string Escaped(string part) =>
        part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    static string Unescaped(string part) =>
        part.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
