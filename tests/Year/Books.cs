using System.Collections.Concurrent;
using System.Globalization;

namespace Year;

/// <summary>One kind of fraud: how often in a whole year, how it is done, and how it should come to light.</summary>
/// <param name="Alert">The alert that must stand on the thing where the act itself was not refused.</param>
sealed record Fraud(string Kind, int InAYear, Func<Scene, Task> PlayAsync, string? Alert = null)
{
    /// <summary>Why the ledger cannot see it yet; null: it must.</summary>
    public string? Open { get; init; }

    /// <summary>It begins on a day of its own choice, not on any.</summary>
    public bool OnItsDay { get; init; }

    /// <summary>Alerts that stand on such a thing by right, whatever becomes of the act.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];
}

/// <summary>What was done, as the county knows it: kept apart from the ledger, and compared with it in the
/// end.</summary>
sealed class Books
{
    readonly ConcurrentBag<Plant> planted = [];
    readonly ConcurrentBag<string> refused = [];
    readonly ConcurrentDictionary<Sale, (long Count, long Fen)> sold = [];

    public IReadOnlyCollection<Plant> Plants => planted;

    /// <summary>Honest acts that the ledger refused, each in a line.</summary>
    public IReadOnlyCollection<string> RefusedByMistake => refused;

    public IReadOnlyDictionary<Sale, (long Count, long Fen)> Sales => sold;

    public void Planted(string kind, string item, Answer? answer) =>
        planted.Add(new(kind, Plant.Thing(item)!.Value, answer));

    public void RefusedHonest(string who, string path, Answer answer) =>
        refused.Add($"{who}: POST {path}: {answer.Status} {answer.Json?.ToJsonString()}");

    public void Sold(string category, string market, DateTimeOffset at, long fen) =>
        sold.AddOrUpdate(
            new(
                at.ToOffset(Scene.Local).ToString("yyyy-MM", CultureInfo.InvariantCulture),
                market == County.NoMarket ? null : market,
                category
            ),
            (1, fen),
            (_, sum) => (sum.Count + 1, sum.Fen + fen)
        );
}

/// <param name="Answer">Null: nothing was asked of the ledger, the trace is elsewhere.</param>
sealed record Plant(string Kind, Guid Item, Answer? Answer)
{
    /// <summary>The thing itself, and the other one that the act brought into the ledger.</summary>
    public IEnumerable<Guid> Things =>
        Thing(Answer?.Location ?? "") is { } other && other != Item ? [Item, other] : [Item];

    /// <summary>The item at the end of a path, where one stands there.</summary>
    public static Guid? Thing(string path) =>
        Guid.TryParse(path[(path.LastIndexOf('/') + 1)..], out var id) ? id : null;
}

/// <summary>A month's sales of one market and category.</summary>
/// <param name="Market">Null: it was made in none.</param>
sealed record Sale(string Month, string? Market, string Category);
