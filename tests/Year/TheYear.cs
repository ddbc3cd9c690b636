using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Year;

/// <summary>One kind of fraud, as it came out.</summary>
public sealed record Line(string Kind, int Planted, int Refused, int Alerted, int Missed, string How, string? Open);

/// <summary>The county's year, and what the ledger made of it.</summary>
public sealed record Outcome(YearSize Size, long Posts, TimeSpan Took)
{
    public required IReadOnlyList<Line> Frauds { get; init; }

    /// <summary>Honest acts that were refused.</summary>
    public required IReadOnlyCollection<string> FalseRefusals { get; init; }

    /// <summary>Alerts on things with which nothing is wrong.</summary>
    public required IReadOnlyCollection<string> FalseAlarms { get; init; }

    /// <summary>Months whose turnover differs between the ledger and the county's own books.</summary>
    public required IReadOnlyCollection<string> FalseFigures { get; init; }
    public required long Sold { get; init; }

    /// <summary>Missed, of those that the ledger can see.</summary>
    public IEnumerable<Line> Missed => Frauds.Where(f => f.Missed > 0 && f.Open is null);

    /// <summary>A table in Markdown.</summary>
    public string Table()
    {
        var text = new StringBuilder();
        void Say(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Say($"### Seed {Size.Seed}: {Size.Cars} cars, {Size.Phones} phones, {Size.Appliances} appliances");
        Say($"");
        Say($"{Posts} commands in {Took.TotalSeconds:F0} s, {Sold} sales; turnover of every month, market and");
        Say($"category {(FalseFigures.Count == 0 ? "equal to" : "DIFFERENT FROM")} the county's own books.");
        Say($"");
        Say($"| planted | times | refused | alerted | missed | how it came to light |");
        Say($"|---|---|---|---|---|---|");
        foreach (var f in Frauds)
            Say($"| {f.Kind} | {f.Planted} | {f.Refused} | {f.Alerted} | {f.Missed} | {f.Open ?? f.How} |");
        Say(
            $"| **all** | {Frauds.Sum(f => f.Planted)} | {Frauds.Sum(f => f.Refused)} | {Frauds.Sum(f => f.Alerted)} | {Frauds.Sum(f => f.Missed)} | |"
        );
        Say($"");
        Say($"Honest acts refused: {FalseRefusals.Count}. False alarms: {FalseAlarms.Count}.");
        foreach (var wrong in FalseRefusals.Concat(FalseAlarms).Concat(FalseFigures).Order().Take(20))
            Say($"* {wrong}");
        return text.ToString();
    }
}

/// <summary>Runs a year against a service and compares what both know.</summary>
public static class TheYear
{
    /// <summary>The service's clock from the first day on.</summary>
    public static Calendar NewCalendar() => new(County.Opens, TimeSpan.FromDays(5));

    /// <param name="caughtUp">Waits until views and incidents have seen all there is.</param>
    public static async Task<Outcome> RunAsync(HttpClient client, Calendar calendar, YearSize size, Func<Task> caughtUp)
    {
        var clock = Stopwatch.StartNew();
        using var county = new County(client, calendar, size);
        await county.LiveAsync();
        var took = clock.Elapsed;
        await caughtUp();
        var alerts = await AlertsAsync(county);
        return new(size, county.Clerk.Posts, took)
        {
            Frauds = [.. County.Frauds.Select(f => Reckon(f, county.Books, alerts))],
            FalseRefusals = county.Books.RefusedByMistake,
            FalseAlarms = [.. FalseAlarms(county.Books, alerts)],
            FalseFigures = await FalseFiguresAsync(county),
            Sold = county.Books.Sales.Values.Sum(s => s.Count),
        };
    }

    static Line Reckon(Fraud fraud, Books books, ILookup<Guid, Alert> alerts)
    {
        var planted = books.Plants.Where(p => p.Kind == fraud.Kind).ToArray();
        var refused = planted.Where(p => p.Answer is { Recorded: false }).ToArray();
        var alerted = planted.Except(refused).Where(p => alerts[p.Item].Any(a => a.Kind == fraud.Alert)).ToArray();
        var how = refused.Select(p => p.Answer!.Code).Concat(alerted.Select(_ => $"alert {fraud.Alert}"));
        return new(
            fraud.Kind,
            planted.Length,
            refused.Length,
            alerted.Length,
            planted.Length - refused.Length - alerted.Length,
            string.Join(", ", how.Distinct().Order().Select(h => $"`{h}`")),
            fraud.Open
        );
    }

    static IEnumerable<string> FalseAlarms(Books books, ILookup<Guid, Alert> alerts)
    {
        var fraud = County.Frauds.ToDictionary(f => f.Kind);
        var right = books
            .Plants.SelectMany(p =>
                from kind in fraud[p.Kind].Beside.Append(fraud[p.Kind].Alert).OfType<string>()
                from item in p.Things
                select (item, kind)
            )
            .ToHashSet();
        return alerts
            .SelectMany(a => a)
            .Where(a => !right.Contains((a.Item, a.Kind)))
            .Select(a => $"{a.Kind} on {a.Item}: {a.Text}");
    }

    static async Task<ILookup<Guid, Alert>> AlertsAsync(County county) =>
        (await county.Clerk.AllAsync("regulator/alerts?limit=200"))
            .Select(a => new Alert(Guid.Parse((string)a["itemId"]!), (string)a["kind"]!, a.ToJsonString()))
            .ToLookup(a => a.Item);

    static async Task<IReadOnlyCollection<string>> FalseFiguresAsync(County county)
    {
        var told = (await county.Clerk.GetAsync("market/turnover"))["items"]!
            .AsArray()
            .ToDictionary(
                t => new Sale((string)t!["month"]!, (string?)t["market"], (string)t["category"]!),
                t => ((long)t!["count"]!, (long)t["totalFen"]!)
            );
        var known = county.Books.Sales;
        return
        [
            .. told
                .Keys.Union(known.Keys)
                .Where(k => told.GetValueOrDefault(k) != known.GetValueOrDefault(k))
                .Select(k =>
                    $"{k.Month} {k.Market} {k.Category}: ledger {told.GetValueOrDefault(k)}, books {known.GetValueOrDefault(k)}"
                ),
        ];
    }

    sealed record Alert(Guid Item, string Kind, string Text);
}
