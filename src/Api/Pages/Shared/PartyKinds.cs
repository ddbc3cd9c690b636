namespace Api.Pages.Shared;

/// <summary>What a party of a sale is, in words.</summary>
static class PartyKinds
{
    static readonly Dictionary<string, (string Zh, string En)> All = new(StringComparer.Ordinal)
    {
        ["person"] = ("个人", "person"),
        ["dealer"] = ("经销商", "dealer"),
        ["platform"] = ("平台", "platform"),
        ["recycler"] = ("回收企业", "recycler"),
        ["exporter"] = ("出口企业", "exporter"),
        ["public-body"] = ("公共机构", "public body"),
    };

    /// <summary>The words for a wire word.</summary>
    public static string Of(string kind, bool chinese) =>
        All.TryGetValue(kind, out var words) ? (chinese ? words.Zh : words.En) : kind;
}
