namespace Api.Lists;

/// <summary>Cells of CSV (RFC 4180), written.</summary>
static class CsvText
{
    public static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 || cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' ')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    /// <summary>
    /// A text cell that a spreadsheet would take for a formula gets a leading apostrophe (operations.md §5);
    /// full-width
    /// forms too, since they are folded by some programs.
    /// </summary>
    public static string Escaped(string text) => Quoted(IsFormula(text) ? "'" + text : text);

    static bool IsFormula(string text) =>
        text.TrimStart('"') is { Length: > 0 } rest
        && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
}
