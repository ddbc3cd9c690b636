using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Support;

/// <summary>Who may give an operation, as the approved API document says.</summary>
public static class OperationRoles
{
    static readonly Lazy<(Regex Path, string[] Roles)[]> All = new(() =>
    {
        var text = File.ReadAllText(Path.Combine(Places.Root, "tests/Api.Tests/Http/openapi.approved.json"));
        return
        [
            .. from path in JsonNode.Parse(text)!["paths"]!.AsObject()
            let roles = path.Value!["post"]?["x-roles"]?.AsArray()
            where roles is not null
            select (
                new Regex($"^{Regex.Replace(path.Key.TrimEnd('/'), @"\{[^}]+\}", "[^/]+")}$"),
                roles.Select(r => (string)r!).ToArray()
            ),
        ];
    });

    /// <param name="path">Of a request; its query counts for nothing.</param>
    /// <returns>Null where the document knows no such operation.</returns>
    public static string[]? Of(string path)
    {
        var asked = path.Split('?')[0].TrimEnd('/');
        return All.Value.FirstOrDefault(line => line.Path.IsMatch(asked)).Roles;
    }
}
