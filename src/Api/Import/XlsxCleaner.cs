using System.Globalization;
using System.Text;
using System.Xml;

namespace Api.Import;

/// <summary>Copies cells and shared texts from one XML to another: what holds nothing is left out, what is too long is
/// cut, what Excel could not have written refuses the file.</summary>
static class XlsxCleaner
{
    /// <summary>A sheet nests eight deep.</summary>
    const int Deepest = 64;

    /// <summary>Different texts of a workbook: more than any sheet of a register holds.</summary>
    const int MostStrings = 1 << 24;

    /// <summary>Two more than a cell may have: the row is refused, and no pair of surrogates is parted.</summary>
    const int Cut = RowSource.LongestCell + 2;

    public static XmlReader Reader(Stream from) =>
        XmlReader.Create(
            from,
            new()
            {
                DtdProcessing = DtdProcessing.Prohibit,
                IgnoreWhitespace = true,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                XmlResolver = null,
            }
        );

    /// <summary>The texts that cells name by their number.</summary>
    public static void Strings(Stream from, Stream to, string path)
    {
        using var xml = Reader(from);
        using var write = XmlWriter.Create(to);
        write.WriteStartElement("sst", XlsxParts.Main);
        for (var count = 0; Next(xml, path); )
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "si")
                continue;
            if (++count > MostStrings)
                throw new NotWhatItClaimsException(
                    $"{path} has more than {MostStrings} different texts; it is not read."
                );
            write.WriteStartElement("si", XlsxParts.Main);
            WriteText(write, Text(xml, path));
            write.WriteEndElement();
        }
        write.WriteEndElement();
    }

    /// <summary>The rows and cells of a sheet that hold something.</summary>
    /// <param name="rows">Takes the number of each row that is copied.</param>
    public static void Cells(Stream from, Stream to, List<XlsxRow> rows, string path)
    {
        using var xml = Reader(from);
        using var write = XmlWriter.Create(to);
        write.WriteStartElement("worksheet", XlsxParts.Main);
        write.WriteStartElement("sheetData", XlsxParts.Main);
        var (number, widest) = (0, 0);
        while (Next(xml, path))
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "row")
                continue;
            number = RowNumber(xml.GetAttribute("r"), number, path);
            var (last, formula) = Row(xml, write, number, rows.Count + 1, path);
            if (last == 0)
                continue;
            rows.Add(new(number, formula));
            widest = Math.Max(widest, last);
            if ((long)widest * rows.Count > ImportLimits.Places)
                throw new NotWhatItClaimsException(
                    $"{path} has {widest} columns in {rows.Count} rows and more; such a sheet is not read. "
                        + "Delete what stands far to the right, or save it as CSV."
                );
        }
        write.WriteEndElement();
        write.WriteEndElement();
    }

    /// <returns>The last column that holds something, 0 where none does; and whether a cell has a formula.</returns>
    static (int Last, bool HasFormula) Row(XmlReader xml, XmlWriter write, int number, int place, string path)
    {
        if (xml.IsEmptyElement)
            return (0, false);
        var (depth, column, last, formula) = (xml.Depth, 0, 0, false);
        while (Next(xml, path) && xml.Depth > depth)
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "c")
                continue;
            column = Column(xml.GetAttribute("r"), column, number, path);
            var (kind, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
            var (text, inline, computed) = Cell(xml, path);
            formula |= computed;
            if (text.Length == 0)
                continue;
            if (last == 0)
            {
                write.WriteStartElement("row", XlsxParts.Main);
                write.WriteAttributeString("r", Digits(place));
            }
            last = Math.Max(last, column);
            write.WriteStartElement("c", XlsxParts.Main);
            write.WriteAttributeString("r", Letters(column) + Digits(place));
            if (kind is { Length: < 10 })
                write.WriteAttributeString("t", kind);
            if (int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var s))
                write.WriteAttributeString("s", Digits(s));
            write.WriteStartElement(inline ? "is" : "v", XlsxParts.Main);
            if (inline)
                WriteText(write, text);
            else
                write.WriteString(text);
            write.WriteEndElement();
            write.WriteEndElement();
        }
        if (last > 0)
            write.WriteEndElement();
        return (last, formula);
    }

    static (string Text, bool Inline, bool HasFormula) Cell(XmlReader xml, string path)
    {
        var (text, inline, formula) = ("", false, false);
        if (xml.IsEmptyElement)
            return (text, inline, formula);
        var depth = xml.Depth;
        while (Next(xml, path) && xml.Depth > depth)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "f" })
                formula = true;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
                (inline, text) = (xml.LocalName == "is", Text(xml, path));
        return (text, inline, formula);
    }

    /// <summary>What stands between the tags of an element, cut where it is too long; how a word is read aloud is no
    /// part of it.</summary>
    static string Text(XmlReader xml, string path)
    {
        if (xml.IsEmptyElement)
            return "";
        var (depth, aloud, text) = (xml.Depth, int.MaxValue, new StringBuilder());
        var part = xml.LocalName;
        var chunk = new char[4096];
        while (Next(xml, path) && xml.Depth > depth)
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    part = xml.LocalName;
                    if (part == "rPh" && !xml.IsEmptyElement)
                        aloud = Math.Min(aloud, xml.Depth);
                    break;
                case XmlNodeType.EndElement when xml.Depth == aloud:
                    aloud = int.MaxValue;
                    break;
                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.SignificantWhitespace when aloud == int.MaxValue && part is "v" or "t":
                    for (int n; text.Length < Cut && (n = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0; )
                        text.Append(chunk, 0, n);
                    break;
            }
        if (text.Length > Cut)
            text.Length = Cut;
        if (text.Length == Cut && char.IsHighSurrogate(text[^1]))
            text.Length--;
        return text.ToString();
    }

    static void WriteText(XmlWriter write, string text)
    {
        write.WriteStartElement("t", XlsxParts.Main);
        write.WriteAttributeString("xml", "space", null, "preserve");
        write.WriteString(text);
        write.WriteEndElement();
    }

    static bool Next(XmlReader xml, string path)
    {
        if (xml.Depth > Deepest)
            throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: its XML nests deeper than {Deepest}.");
        return xml.Read();
    }

    static int RowNumber(string? said, int before, string path)
    {
        var number = before + 1;
        if (said is not null && !int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw new NotWhatItClaimsException(
                $"{path} numbers a row “{Ledger.Kernel.Bounds.Short(said)}” after row {before}."
            );
        if (number > ImportLimits.Rows)
            throw new NotWhatItClaimsException(
                $"{path} has a row {number}; a sheet has at most {ImportLimits.Rows} rows. Split it, or save it as CSV."
            );
        return number > before
            ? number
            : throw new NotWhatItClaimsException($"{path} has row {number} after row {before}; rows go upwards.");
    }

    /// <summary>The column of <c>AB12</c>; a cell without a place stands behind the one before.</summary>
    static int Column(string? said, int before, int row, string path)
    {
        var column = said is null ? before + 1 : 0;
        foreach (var letter in said ?? "")
            if (char.IsAsciiLetter(letter) && column <= ImportLimits.Columns)
                column = column * 26 + (letter & 0x1F);
            else
                break;
        if (column is >= 1 and <= ImportLimits.Columns)
            return column;
        throw new NotWhatItClaimsException(
            column == 0
                ? $"{path} has a cell “{Ledger.Kernel.Bounds.Short(said!)}” in row {row}, which is no place in a sheet."
                : $"{path} has more than {ImportLimits.Columns} columns in row {row}; a sheet has no more."
        );
    }

    static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26)
            letters = (char)('A' + (column - 1) % 26) + letters;
        return letters;
    }

    static string Digits(int n) => n.ToString(CultureInfo.InvariantCulture);
}
