using System.IO.Compression;
using System.Security;
using System.Text;

namespace Api.Tests.Import;

/// <summary>A workbook made by hand: what a program that writes XLSX would not write.</summary>
static class Workbook
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Mime = "application/vnd.openxmlformats";
    const string Package = "http://schemas.openxmlformats.org/package/2006/";

    public static string Text(string cell, string value) =>
        $"<c r=\"{cell}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(value)}</t></is></c>";

    public static string Row(int number, params IEnumerable<string> values) =>
        $"<row r=\"{number}\">{string.Concat(values.Select((v, i) => Text($"{(char)('A' + i)}{number}", v)))}</row>";

    /// <summary>The cell of a row as a formula with its last value.</summary>
    public static string Formula(string row, string cell, string value)
    {
        var from = row.IndexOf($"<c r=\"{cell}\"", StringComparison.Ordinal);
        var to = row.IndexOf("</c>", from, StringComparison.Ordinal) + "</c>".Length;
        return $"{row[..from]}<c r=\"{cell}\" t=\"str\"><f>1+1</f><v>{value}</v></c>{row[to..]}";
    }

    public static string Sheet(params IEnumerable<string> rows) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows)}</sheetData></worksheet>";

    /// <param name="sheets">Name and file of each, in the order a person sees them.</param>
    public static byte[] Make(params (string Name, string File, string Xml)[] sheets)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(
                zip,
                "[Content_Types].xml",
                $"""
                <Types xmlns="{Package}content-types">
                <Default Extension="rels" ContentType="{Mime}-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="/xl/workbook.xml"
                ContentType="{Mime}-officedocument.spreadsheetml.sheet.main+xml"/>
                </Types>
                """
            );
            Entry(
                zip,
                "_rels/.rels",
                $"""
                <Relationships xmlns="{Package}relationships">
                <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """
            );
            var listed = string.Concat(
                sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>")
            );
            Entry(
                zip,
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>{listed}</sheets></workbook>"
            );
            var related = string.Concat(
                sheets.Select(
                    (s, i) =>
                        $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/{s.File}\"/>"
                )
            );
            Entry(
                zip,
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}relationships\">{related}</Relationships>"
            );
            foreach (var (_, file, xml) in sheets)
                Entry(zip, $"xl/worksheets/{file}", xml);
        }
        return memory.ToArray();
    }

    static void Entry(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        stream.Write(Encoding.UTF8.GetBytes(text.Trim()));
    }
}
