using System.Text.Json.Nodes;
using Ledger.Store.Postgres;
using Npgsql;

namespace Api.Tests;

/// <summary>The sales of a ledger, counted from its stored events by a fold of its own: it shares no code with the
/// views and knows events by their wire names and JSON only.</summary>
sealed class SalesOfTheEvents
{
    /// <summary>One line of the comparison: month, market, division, category → how many, how much.</summary>
    public SortedDictionary<string, (long Count, long Fen)> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>Used cars sold to users by month and division, as the plan counts them.</summary>
    public SortedDictionary<string, long> Cars { get; } = new(StringComparer.Ordinal);

    public static async Task<SalesOfTheEvents> ReadAsync(LedgerDatabase database, CancellationToken stop)
    {
        var sales = new SalesOfTheEvents();
        await using var command = database.Source.CreateCommand(
            $"""
            select e.stream_id, e.id, e.type, e.data::text, e.headers::text from {LedgerDatabase.Schema}.mt_events e
            where e.stream_id in
                (select stream_id from {LedgerDatabase.Schema}.mt_events where type = 'item-registered.v1')
            order by e.stream_id, e.version
            """
        );
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (item, events) = (Guid.Empty, new List<Told>());
        while (await rows.ReadAsync(stop))
        {
            if (rows.GetGuid(0) != item)
            {
                sales.Count(events);
                (item, events) = (rows.GetGuid(0), []);
            }
            events.Add(Read(rows));
        }
        sales.Count(events);
        return sales;
    }

    sealed record Told(Guid Id, string Type, JsonObject Data, DateTimeOffset At, string? Site, string? Source);

    sealed class Deal
    {
        public string? Market;
        public string? Kinds;
        public long Fen;
        public bool Over;
    }

    static Told Read(NpgsqlDataReader row)
    {
        var envelope = JsonNode.Parse(row.GetString(4))!["env"]!;
        return new(
            row.GetGuid(1),
            row.GetString(2),
            JsonNode.Parse(row.GetString(3))!.AsObject(),
            DateTimeOffset.Parse((string)envelope["occurredAt"]!, System.Globalization.CultureInfo.InvariantCulture),
            (string?)envelope["site"],
            (string?)envelope["source"]
        );
    }

    void Count(List<Told> told)
    {
        var voided = told.Where(e => e.Type is "sale-recorded-voided.v1" or "ownership-transferred-voided.v1")
            .Select(e => Guid.Parse((string)e.Data["target"]!))
            .ToHashSet();
        var category = told.Select(e => (string?)e.Data["category"]).FirstOrDefault(c => c is not null) ?? "";
        string? offered = null;
        var back = new HashSet<string>(StringComparer.Ordinal);
        var deals = new Dictionary<string, Deal>(StringComparer.Ordinal);
        foreach (var e in told.Where(e => !voided.Contains(e.Id)).OrderBy(e => e.At))
        {
            var deal = (string?)e.Data["dealId"] is { } id ? deals.GetValueOrDefault(id) : null;
            switch (e.Type)
            {
                case "item-listed.v1":
                    offered = (string?)e.Data["market"];
                    break;
                case "listing-withdrawn.v1" or "listing-expired.v1" or "listing-voided.v1":
                    offered = null;
                    break;
                case "deal-opened.v1":
                    deals[(string)e.Data["dealId"]!] = new()
                    {
                        Market = offered ?? Desk(e),
                        Kinds = $"{e.Data["sellerKind"]}/{e.Data["buyerKind"]}",
                    };
                    break;
                case "deal-agreed.v1" or "deal-payment-recorded.v1" or "deal-invoiced.v1" when deal is not null:
                    deal.Market ??= Desk(e);
                    deal.Fen = (long?)e.Data["priceFen"] ?? deal.Fen;
                    break;
                case "deal-cancelled.v1" when deal is not null:
                    deal.Over = true;
                    break;
                case "deal-rescinded.v1":
                    back.Add((string)e.Data["backDealId"]!);
                    break;
                case "ownership-transferred.v1" when deal is { Over: false }:
                    deal.Over = true;
                    offered = null;
                    if (!back.Contains((string)e.Data["dealId"]!))
                        Add(
                            (string?)e.Data["registeredOn"] ?? Day(e.At),
                            deal.Market ?? ((string?)e.Data["via"] == "hand-over" ? Desk(e) : null),
                            category,
                            deal.Kinds!,
                            deal.Fen
                        );
                    break;
                case "sale-recorded.v1":
                    offered = null;
                    Add(
                        Day(Time(e.Data["transferredAt"]) ?? Time(e.Data["agreedAt"]) ?? e.At),
                        e.Source is ['M', 'K', '-', ..] ? e.Source : Desk(e),
                        category,
                        $"{e.Data["sellerKind"]}/{e.Data["buyerKind"]}",
                        (long?)e.Data["priceFen"] ?? 0
                    );
                    break;
            }
        }
    }

    void Add(string day, string? market, string category, string kinds, long fen)
    {
        var division = market?[3..9];
        var line = $"{day[..7]} {market ?? "unknown"} {division ?? "unknown"} {category}";
        var before = Lines.GetValueOrDefault(line);
        Lines[line] = (before.Count + 1, before.Fen + fen);
        if (category == "used-car" && division is not null && kinds != "dealer/dealer")
            Cars[$"{day[..7]} {division}"] = Cars.GetValueOrDefault($"{day[..7]} {division}") + 1;
    }

    static string? Desk(Told e) => e.Site is ['M', 'K', '-', ..] ? e.Site : null;

    static DateTimeOffset? Time(JsonNode? at) =>
        (string?)at is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    static string Day(DateTimeOffset at) => $"{at.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}";
}
