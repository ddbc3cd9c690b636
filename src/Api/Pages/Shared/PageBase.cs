using System.Globalization;
using Ledger;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Store.Vault;
using Microsoft.AspNetCore.Components;

namespace Api.Pages.Shared;

/// <summary>What every page has: the reader's language, its own address, and words for wire codes.</summary>
public abstract class LedgerPage : ComponentBase
{
    [Parameter, EditorRequired]
    public required Reader Reader { get; set; }

    /// <summary>The words in the reader's language; both stand side by side in the page, so that neither is
    /// forgotten.</summary>
    protected string W(string zh, string en) => Reader.Chinese ? zh : en;

    /// <summary>What a wire word is called for people; a dash where there is none.</summary>
    protected string Say(WireTexts texts, string? word) => word is null ? "–" : texts.Say(word, Reader.Chinese);

    protected string Category(string code) => GoodsCategory.Find(code) is { } c ? W(c.Zh, c.En) : code;

    protected string Event(string name) =>
        (EventCatalog.OfWireName(name) ?? EventCatalog.OfName(name)) is { } line ? W(line.Zh, line.En) : name;

    protected string Place(string? division) => Divisions.Find(division)?.Name ?? division ?? "–";

    protected string Money(long? fen, string? currency) =>
        fen is null
            ? "–"
            : $"{(currency is null or "CNY" ? "¥" : currency + " ")}{(fen.Value / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture)}";

    /// <summary>Statutory time is Asia/Shanghai; the offset is always said.</summary>
    protected static string When(DateTimeOffset at) =>
        ShanghaiDay.Clock(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <param name="day">The day as it was given, where nothing more is known.</param>
    protected static string When(DateTimeOffset at, DateOnly? day) => day is { } on ? Instants.Text(on) : When(at);

    protected string Number(long? n) => n?.ToString("#,##0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A list's address with what is asked of it; what is null is left out.</summary>
    protected static string To(string path, params (string Name, string? Value)[] asked) =>
        $"/{path}?{string.Join('&', asked.Where(a => a.Value is not null).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}"))}";

    /// <summary>A month as a list is asked for it.</summary>
    protected static string? MonthOf(DateOnly? day) => day?.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>An item's address by an identifier of its own that is in clear.</summary>
    protected static string ItemHref(Guid id, IReadOnlyList<string>? identifiers = null) =>
        $"/items/{Uri.EscapeDataString(identifiers?.FirstOrDefault(ClearText.IsOpen) ?? id.ToString())}";
}

/// <summary>Who reads and where.</summary>
/// <param name="Here">Path and query, without the language.</param>
public sealed record Reader(bool Chinese, string Path, string Here)
{
    public static Reader Of(HttpContext http) =>
        new(
            Hosting.Language.IsChinese(http),
            http.Request.Path,
            string.Join(
                '&',
                http.Request.Query.Where(q => q.Key != "lang")
                    .SelectMany(q =>
                        q.Value.Select(v => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}")
                    )
            )
        );

    /// <summary>This page in the other language.</summary>
    public string Switched => $"{Path}?{(Here.Length > 0 ? Here + "&" : "")}lang={(Chinese ? "en" : "zh-CN")}";

    /// <summary>This page with another value of one parameter.</summary>
    public string With(string name, string value) =>
        $"{Path}?{string.Join('&', Others([name]).Append($"{name}={Uri.EscapeDataString(value)}"))}";

    /// <summary>Its query without some parameters.</summary>
    public string Without(params string[] names) => string.Join('&', Others(names));

    IEnumerable<string> Others(string[] names) =>
        Here.Split('&').Where(p => p.Length > 0 && !names.Contains(p.Split('=')[0]));
}
