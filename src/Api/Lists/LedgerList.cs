using Api.Hosting;
using Ledger;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Postgres;
using Projections;

namespace Api.Lists;

/// <summary>One reading of a list.</summary>
/// <param name="Filter">What is asked for.</param>
/// <param name="Limit">Rows at most: of a page, or of a saved file.</param>
/// <param name="Cursor">Where the page begins; null: with the first row.</param>
public readonly record struct ListRead<TFilter>(
    LedgerNode Node,
    TFilter Filter,
    DateOnly Today,
    int Limit,
    string? Cursor,
    CancellationToken Stop
);

/// <summary>What a reading of a list gave: rows, or why there are none.</summary>
/// <param name="Parameters">What was asked for, for the form of the page.</param>
/// <param name="Freshness">How far the view has come; null: it is read from none.</param>
public sealed record ListShown<TFilter, TRow>(
    IReadOnlyList<QueryParameter> Parameters,
    ListRead<TFilter> Read,
    Page<TRow>? Page,
    Freshness? Freshness,
    Refusal? Refusal
);

/// <summary>A list as its readers meet it: the API, its document, the page, the navigation and the saved file follow
/// from it.</summary>
/// <param name="Path">Below <c>/api/v1/</c>; its page has it too.</param>
/// <param name="Tag">Group in the API document.</param>
/// <param name="Summary">One line of it, English.</param>
public abstract record LedgerList(string Path, string Tag, string Summary)
{
    /// <summary>Views that it is read from.</summary>
    public IReadOnlyList<View> Views { get; init; } = [];

    /// <summary>It has pages; else it is told whole.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Rows of a page at most.</summary>
    public int MostOfPage { get; init; } = 500;

    /// <summary>Texts that it is sorted by; 0: it is sorted by time.</summary>
    public int SortKeys { get; init; }

    /// <summary>Its page; null: it has none.</summary>
    public Type? Page { get; init; }

    /// <summary>How the navigation calls its page.</summary>
    public Words Nav { get; init; }

    /// <summary>Name of its saved file.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Address of its page.</summary>
    public string PagePath
    {
        get => field ?? $"/{Path}";
        init;
    }

    /// <summary>Its readings stand on the record of their reader.</summary>
    public abstract bool IsRecorded { get; }

    /// <summary>Parameters of its query.</summary>
    public abstract IReadOnlyList<QueryParameter> Parameters { get; }

    /// <summary>Type of its rows.</summary>
    public abstract Type Row { get; }

    /// <summary>Answers a request of the API.</summary>
    public abstract Task AnswerAsync(HttpContext http);

    /// <summary>Answers a request of its page.</summary>
    public abstract Task<IResult> ShowAsync(HttpContext http);
}

/// <inheritdoc cref="LedgerList"/>
public sealed record LedgerList<TFilter, TRow>(string Path, string Tag, string Summary) : LedgerList(Path, Tag, Summary)
{
    /// <summary>Reads what is asked for; which parameters there are follows from it.</summary>
    public required Func<QueryValues, TFilter> Filter { get; init; }

    /// <summary>Reads the rows.</summary>
    public required Func<ListRead<TFilter>, Task<Page<TRow>>> Rows { get; init; }

    /// <summary>The item of a row, where a reading is put on its reader's record before it is shown; null: it is
    /// not.</summary>
    public Func<TRow, Guid>? Recorded { get; init; }

    /// <summary>The rows of its file, where they are others than the page's.</summary>
    public Func<ListRead<TFilter>, Task<ISavedRows>>? Saved { get; init; }

    /// <summary>What its page shows beside the rows: parameters of its component.</summary>
    public Func<ListRead<TFilter>, Task<Dictionary<string, object?>>>? Beside { get; init; }

    public override IReadOnlyList<QueryParameter> Parameters => field ??= QueryValues.AskedBy(q => Ask(q));

    public override bool IsRecorded => Recorded is not null;

    public override Type Row => typeof(TRow);

    public override async Task AnswerAsync(HttpContext http)
    {
        var isFile = ListAnswers.WantsFile(http);
        var shown = await ReadAsync(http, isFile, ListAnswers.Accepted(http));
        if (shown.Refusal is not null)
            await Problems.WriteAsync(http, shown.Refusal);
        else if (isFile && Saved is not null)
            await (await Saved(shown.Read)).WriteAsync(http, FileName);
        else
            await ListAnswers.WriteAsync(http, shown.Page!, null, FileName, shown.Freshness);
    }

    public override async Task<IResult> ShowAsync(HttpContext http)
    {
        // Whoever opens the page is first asked why.
        var shown =
            IsRecorded && !Parameters.Any(p => http.Request.Query.ContainsKey(p.Name))
                ? new(Parameters, default, null, null, null)
                : await ReadAsync(http, isFile: false);
        var parameters = new Dictionary<string, object?>
        {
            ["List"] = this,
            ["Asked"] = shown.Parameters,
            ["Filter"] = shown.Read.Filter,
            ["Page"] = shown.Page,
            ["Freshness"] = shown.Freshness,
            ["Refusal"] = shown.Refusal,
        };
        if (Beside is not null && shown.Refusal is null)
            foreach (var (name, value) in await Beside(shown.Read))
                parameters[name] = value;
        return Pages.LedgerPages.Show(
            http,
            Page!,
            parameters,
            shown.Refusal is { } refusal ? Pages.LedgerPages.StatusOf(refusal) : 200
        );
    }

    /// <summary>Of several views that of the one that is behind most, in one look; null without any.</summary>
    async Task<Freshness?> FreshnessAsync(LedgerDatabase database, CancellationToken stop)
    {
        if (Views.Count == 0)
            return null;
        var places = await ViewPlaces.ReadAsync(database, stop);
        return new(Views.Min(v => places.Views[v.Name]), places.Newest);
    }

    (TFilter Filter, int Limit, string? Cursor, long? AtLeast) Ask(QueryValues q)
    {
        if (IsRecorded)
            AccessReason.Ask(q);
        var filter = Filter(q);
        var atLeast = Views.Count > 0 ? q.AtLeast() : null;
        return IsPaged
            ? (filter, q.Limit(MostOfPage), q.PageCursor(SortKeys), atLeast)
            : (filter, ListAnswers.LongestFile, null, atLeast);
    }

    /// <summary>The one entrance of all lists, for the API and for pages: what is asked, who asks, how far the views
    /// have come; what must be on record is so before it is shown.</summary>
    /// <param name="unacceptable">None of the media types that the caller accepts can be given.</param>
    async Task<ListShown<TFilter, TRow>> ReadAsync(HttpContext http, bool isFile, Refusal? unacceptable = null)
    {
        var node = http.RequestServices.GetRequiredService<LedgerNode>();
        var (database, stop) = (node.Database, http.RequestAborted);
        var q = new QueryValues(http, node.Pipeline.Now);
        var (filter, limit, cursor, atLeast) = Ask(q);
        var read = new ListRead<TFilter>(node, filter, q.Today, isFile ? ListAnswers.LongestFile : limit, cursor, stop);
        ListShown<TFilter, TRow> Refused(Refusal why) => new(q.Parameters, read, null, null, why);
        if (unacceptable is not null)
            return Refused(unacceptable);
        if (q.Fault is { } fault)
            return Refused(fault);
        if (!StatedActor.TryRead(http.Request, out _, out var malformed))
            return Refused(malformed);
        var waits = await Task.WhenAll(Views.Select(v => ReadYourWrites.WaitAsync(database, v, atLeast, stop)));
        if (waits.FirstOrDefault(w => w is not null) is { } behind)
            return Refused(behind);
        using var span = Telemetry.Source.StartActivity("ledger.query");
        span?.SetTag("ledger.list", Path);
        var page = isFile && Saved is not null ? new([], null) : await Rows(read);
        if (
            Recorded is not null
            && await Accesses.RecordAsync(http, node, FileName, q.Parameters, [.. page.Items.Select(Recorded)])
                is { } unrecorded
        )
            return Refused(unrecorded);
        return new(q.Parameters, read, page, await FreshnessAsync(database, stop), null);
    }
}
