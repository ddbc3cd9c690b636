using System.Runtime.CompilerServices;
using System.Text;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Pipeline;

namespace Support;

/// <summary>Where a desk or a station acts in a test that is not about where: a market that is open and a station that
/// is authorised in every ledger that is asked for one.</summary>
public static class Sites
{
    public const string Market = "MK-510100-9001",
        Station = "ST-510100-9001";

    const string Opened = "2010-01-01T00:00:00Z";

    static readonly ConditionalWeakTable<object, Task> Ready = [];

    /// <summary>Their reservations, where no pipeline keeps any.</summary>
    public static IEnumerable<KeyValuePair<ReservationKey, string>> Reservations =>
        [
            KeyValuePair.Create(SiteReservations.Market(Market), "here"),
            KeyValuePair.Create(SiteReservations.State(Station), "2010-01-01/"),
        ];

    /// <summary>Where a role acts: at the site that is given, where it is one of its own.</summary>
    public static string? For(string role, string? site) =>
        RoleTable.Find(role)?.Place switch
        {
            RolePlace.Market when !MarketCode.IsWellFormed(site) => Market,
            RolePlace.Station when !StationCode.IsWellFormed(site) => Station,
            _ => site,
        };

    /// <summary>Somebody who may give a command, where he may.</summary>
    public static async Task<Acting> WhoAsync(CommandPipeline pipeline, LedgerCommand command, string? second = null)
    {
        var by = People.Who(command, second: second);
        if (by.Is(Roles.Granted) || second is not null && Roll.Has(second))
            await Roll.OpenAsync(pipeline);
        if (by.Site is Market or Station)
            await Ready.GetValue(pipeline, _ => OpenAsync(pipeline));
        return by;
    }

    /// <summary>Opens them in the ledger that a client speaks to, once.</summary>
    public static Task OpenAsync(HttpClient client) => Ready.GetValue(client, _ => PostAsync(client));

    static async Task OpenAsync(CommandPipeline pipeline)
    {
        await Roll.OpenAsync(pipeline);
        _ = Instants.TryParse(Opened, out var at);
        (LedgerCommand, string)[] openings =
        [
            (new OpenMarket(Market, "市场"), "sites-market"),
            (new AuthoriseStation(Station, "站", "公安", null, null, null), "sites-station"),
        ];
        foreach (var (command, key) in openings)
            await RecordAsync(pipeline, command, key, at);
    }

    static async Task RecordAsync(CommandPipeline pipeline, LedgerCommand command, string key, DateTimeOffset at)
    {
        var answer = await Patience.AnswerAsync(() =>
            pipeline.RecordAsync(
                new(command, People.Who(command), "sites", key, TestLedger.Said(key), at) { LateReason = "补录" },
                CancellationToken.None
            )
        );
        if (answer is not Answer.Accepted)
            throw new InvalidOperationException($"{key} was not recorded: {answer}.");
    }

    static async Task PostAsync(HttpClient client)
    {
        await Roll.OpenAsync(client);
        await PostAsync(
            client,
            "markets",
            $$"""{"code":"{{Market}}","name":"市场","occurredAt":"{{Opened}}","lateReason":"补录"}"""
        );
        await PostAsync(
            client,
            "stations",
            $$"""{"code":"{{Station}}","name":"站","authority":"公安","validFrom":"2010-01-01","occurredAt":"{{Opened}}","lateReason":"补录"}"""
        );
    }

    static async Task PostAsync(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"sites-{path}");
        request.Headers.Add("Ledger-Actor", Roll.CodeOf("REG"));
        request.Headers.Add("Ledger-Role", "REG");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
