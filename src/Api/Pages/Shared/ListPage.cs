using Api.Lists;
using Ledger.Kernel;
using Microsoft.AspNetCore.Components;
using Projections;

namespace Api.Pages.Shared;

/// <summary>The page of a list: its form, its rows or why there are none, and how fresh they are.</summary>
public abstract class ListPage<TFilter, TRow> : LedgerPage
{
    [Parameter, EditorRequired]
    public required LedgerList List { get; set; }

    /// <summary>What was asked for, and what may be.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueryParameter> Asked { get; set; }

    [Parameter]
    public TFilter Filter { get; set; } = default!;

    /// <summary>Null where there is a refusal.</summary>
    [Parameter]
    public Page<TRow>? Page { get; set; }

    /// <summary>Null where the list is read from no view.</summary>
    [Parameter]
    public Freshness? Freshness { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>Rows of a page at most; a list that is told whole may have more.</summary>
    protected const int MostShown = 500;

    /// <summary>The words for a value of a parameter.</summary>
    protected string Option(IEnumerable<QueryOption> options, string value) =>
        options.FirstOrDefault(o => o.Value == value) is { } option ? W(option.Words.Zh, option.Words.En) : value;

    /// <summary>The words for a value of the parameter of that name.</summary>
    protected string Option(string parameter, string value) =>
        Option(Asked.First(p => p.Name == parameter).Options, value);
}
