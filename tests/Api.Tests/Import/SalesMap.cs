using Api.Tests.Cli;

namespace Api.Tests.Import;

/// <summary>A map that takes the canonical sales columns as they are, but for what a test says.</summary>
static class SalesMap
{
    public static string Write(ScratchLedger ledger, string settings = "", string column = "", string source = "")
    {
        var columns = Sale
            .Header.Split(',')
            .Select(c => $"\"{c}\": {(c == column ? source : $$"""{ "column": "{{c}}" }""")}");
        return ledger.Write(
            "map.json",
            $$"""
            { "format": "ledger-map/1", "kind": "sales", {{settings}}
              "columns": { {{string.Join(",\n", columns)}} } }
            """
        );
    }
}
