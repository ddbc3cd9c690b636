namespace Ledger.Kernel.Identifiers;

/// <summary>Unified social credit code: GB 32100-2015; positions 9–17 are the organisation code of GB 11714.</summary>
public static class Uscc
{
    /// <summary>The 31 characters of the code: no I, O, S, V, Z.</summary>
    internal const string Set = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static ReadOnlySpan<int> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    static ReadOnlySpan<int> OrgWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    public static bool HasShape(string code) =>
        code.Length == 18 && code.All(c => Set.Contains(c, StringComparison.Ordinal));

    /// <summary>The check character that belongs at position 18 (genuine codes of the 2015 pilot batch fail
    /// it).</summary>
    public static char Check(string code) => Check31(code.AsSpan(0, 17));

    public static bool CheckFits(string code) => code[17] == Check(code);

    /// <summary>Whether position 17 is the check of the organisation code in 9–16.</summary>
    public static bool OrganisationCheckFits(string code)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            var c = code[8 + i];
            sum += (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10) * OrgWeights[i];
        }
        var check = 11 - sum % 11;
        return code[16]
            == (
                check == 10 ? 'X'
                : check == 11 ? '0'
                : (char)('0' + check)
            );
    }

    /// <summary>The code that a text is, in its own letters: one of its checks fits, as by chance one of nine numbers
    /// of eighteen digits does; null: it is none, or a person's number.</summary>
    public static string? Read(string text)
    {
        var code = text.ToUpperInvariant();
        return HasShape(code) && (CheckFits(code) || OrganisationCheckFits(code)) && !ResidentId.IsValid(code)
            ? code
            : null;
    }

    internal static char Check31(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
            sum += Set.IndexOf(body[i], StringComparison.Ordinal) * Weights[i];
        return Set[(31 - sum % 31) % 31];
    }
}

/// <summary>Tag issued by this ledger: 12 characters of the USCC set, the last a check with the USCC weights
/// (rules.md §2.1).</summary>
public static class LedgerTag
{
    public static bool HasShape(string tag) =>
        tag.Length == 12 && tag.All(c => Uscc.Set.Contains(c, StringComparison.Ordinal));

    public static bool CheckFits(string tag) => HasShape(tag) && tag[11] == Uscc.Check31(tag.AsSpan(0, 11));

    /// <summary>Eleven characters with their check character.</summary>
    public static string Complete(string body) => body + Uscc.Check31(body);
}
