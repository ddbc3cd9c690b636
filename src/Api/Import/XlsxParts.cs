namespace Api.Import;

/// <summary>The parts of a workbook of one sheet that are the same in each.</summary>
static class XlsxParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        Sheet = "xl/worksheets/sheet1.xml";

    const string Package = "http://schemas.openxmlformats.org/package/2006/",
        Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Media = "application/vnd.openxmlformats";

    public static IReadOnlyList<(string Name, string Text)> Fixed { get; } =
    [
        (
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}content-types"><Default Extension="xml" ContentType="application/xml"/>
            <Default Extension="rels" ContentType="{Media}-package.relationships+xml"/></Types>
            """
        ),
        (
            "_rels/.rels",
            $"""
            <Relationships xmlns="{Package}relationships">
            <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        ),
        (
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}">
            <sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        ),
        (
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}relationships">
            <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """
        ),
    ];
}
