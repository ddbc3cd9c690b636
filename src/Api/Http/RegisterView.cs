using System.Security.Cryptography;
using System.Text;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Store;
using Projections;

namespace Api.Http;

/// <summary>Filters of <c>regulator/register</c>.</summary>
/// <param name="Until">Only what ends by this day.</param>
public sealed record RegisterFilter(
    string? Type = null,
    string? Division = null,
    string? State = null,
    DateOnly? Until = null
);

/// <summary>Something that may act in a market, or allows somebody to.</summary>
/// <param name="Type"><c>market</c>, <c>station</c>, <c>exporter</c>, <c>issuer</c>, or the kind of a licence.</param>
/// <param name="Holder">Of a licence; a person is told by nothing.</param>
public sealed record RegisterEntry(
    string Type,
    string Code,
    string? Name,
    string? Holder,
    string? Division,
    string? DivisionName,
    string State,
    DateOnly? ValidFrom,
    DateOnly? ValidTo
);

/// <summary>Who may do what, where, and until when (domain.md R19): markets, stations, exporters and licences in one
/// list.</summary>
sealed class RegisterView(LedgerNode node)
{
    public static IReadOnlyList<string> Types { get; } =
    ["market", "station", "exporter", "issuer", .. WireWords.All<LicenceKind>()];

    public static IReadOnlyList<string> States { get; } =
    ["open", "valid", "not-yet", "filed", "approved", "suspended", "expired", "ended", "closed", "revoked", "removed"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/regulator/register", ListAsync)
            .WithTags("Regulator")
            .Describe("Markets, stations, exporters, issuers and licences, and until when they hold", null)
            .Produces<ListAnswer<RegisterEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);

    public static (RegisterFilter Filter, PageAsked Page) Asked(HttpContext http)
    {
        var q = new QueryValues(http);
        var (type, state) = (q.Word("type", "all", ["all", .. Types]), q.Word("state", "all", ["all", .. States]));
        var filter = new RegisterFilter(
            type is "all" ? null : type,
            q.Division(),
            state is "all" ? null : state,
            q.Day("until")
        );
        return (filter, q.Page());
    }

    static Task ListAsync(HttpContext http, LedgerNode node)
    {
        var (filter, asked) = Asked(http);
        return ListAnswers.WritePageAsync(
            http,
            asked,
            async (limit, cursor, stop) => PageOf(await new RegisterView(node).ReadAsync(filter, stop), limit, cursor),
            "register"
        );
    }

    /// <summary>The whole list is folded as of today whichever part is shown: a page goes on behind the row that was
    /// shown last, or, where that has left the list, behind as many as were shown.</summary>
    public static Page<RegisterEntry> PageOf(IReadOnlyList<RegisterEntry> all, int limit, string? cursor)
    {
        var shown = 0;
        if (Cursor.Read(cursor) is { } place)
            shown = all.Select((row, n) => (Key: KeyOf(row), N: n + 1)).FirstOrDefault(r => r.Key == place.Stream)
                is { N: > 0 and var found }
                ? found
                : (int)Math.Clamp(place.N, 0, all.Count);
        return Page.Of(
            [.. all.Skip(shown).Take(limit + 1)],
            limit,
            last => Cursor.Of(DateTimeOffset.UnixEpoch, KeyOf(last), shown + limit)
        );
    }

    /// <summary>What tells a row from every other, as short as a stream's id.</summary>
    static Guid KeyOf(RegisterEntry row) =>
        new(
            SHA256
                .HashData(Encoding.UTF8.GetBytes($"{row.Type}\0{row.Code}\0{row.Holder}\0{row.ValidFrom:O}"))
                .AsSpan(0, 16)
        );

    public async Task<IReadOnlyList<RegisterEntry>> ReadAsync(RegisterFilter f, CancellationToken stop)
    {
        var today = ShanghaiDay.Of(node.Pipeline.Now);
        var (reader, all) = (node.Reader, new List<RegisterEntry>());
        bool Asks(string type) => f.Type is null || f.Type == type;
        if (Asks("market"))
            all.AddRange((await reader.AllAsync(MarketStreams.Market, Market.Fold, stop)).Select(Of));
        if (Asks("station"))
            all.AddRange((await reader.AllAsync(MarketStreams.Station, Station.Fold, stop)).Select(s => Of(s, today)));
        if (Asks("exporter"))
            all.AddRange(
                (await reader.AllAsync(ExportStreams.Exporter, Exporter.Fold, stop)).Select(e => Of(e, today))
            );
        if (Asks("issuer"))
            all.AddRange((await reader.AllAsync(PartyStreams.Issuer, Issuer.Fold, stop)).Select(i => Of(i, today)));
        if (f.Type is null || WireWords.TryRead<LicenceKind>(f.Type, out _))
            all.AddRange(
                (await reader.AllAsync(PartyStreams.Party, PartyOnRoll.Fold, stop)).SelectMany(p => Of(p, today))
            );
        var inside = f.Division?.TrimEnd('0');
        return
        [
            .. all.Where(e => Asks(e.Type))
                .Where(e => inside is null || e.Division?.StartsWith(inside, StringComparison.Ordinal) is true)
                .Where(e => (f.State is null || e.State == f.State) && (f.Until is not { } until || e.ValidTo <= until))
                .OrderBy(e => e.Type, StringComparer.Ordinal)
                .ThenBy(e => e.Code, StringComparer.Ordinal),
        ];
    }

    static RegisterEntry Of(Market m) =>
        Entry("market", m.Code, m.Name, null, MarketCode.DivisionOf(m.Code), WireWords.Of(m.State), null, null);

    static RegisterEntry Of(Station s, DateOnly today) =>
        Entry(
            "station",
            s.Code,
            s.Authorised.Name,
            null,
            StationCode.DivisionOf(s.Code),
            s.State is not SiteState.Open
                ? WireWords.Of(s.State)
                : Parties.State(new(s.Authorised.ValidFrom, s.Authorised.ValidTo), null, today),
            s.Authorised.ValidFrom,
            s.Authorised.ValidTo
        );

    /// <summary>Positions 3 to 8 of a code are the place of its registration.</summary>
    static string? PlaceOf(string code) => code.Length == 18 ? code[2..8] : null;

    static RegisterEntry Of(Issuer i, DateOnly today) =>
        Entry(
            "issuer",
            i.Org,
            i.Registered.Name,
            null,
            PlaceOf(i.Org),
            Issuers.State(i, today),
            i.Term.From,
            i.Term.To
        );

    static RegisterEntry Of(Exporter e, DateOnly today) =>
        Entry(
            "exporter",
            e.Code,
            e.Filed.Name,
            null,
            PlaceOf(e.Code),
            e.State is ExporterState.Approved && !e.IsApprovedOn(today) ? "expired" : WireWords.Of(e.State),
            null,
            e.Approved?.ValidTo
        );

    static IEnumerable<RegisterEntry> Of(PartyOnRoll p, DateOnly today) =>
        p
            .Licences.Select(l => Parties.View(l, today))
            .Select(l =>
                Entry(
                    l.Kind,
                    l.Number,
                    l.Issuer,
                    p.Registered.Name ?? p.Registered.Uscc,
                    p.Registered.Region,
                    l.State,
                    l.ValidFrom,
                    l.ValidTo
                )
            );

    static RegisterEntry Entry(
        string type,
        string code,
        string? name,
        string? holder,
        string? division,
        string state,
        DateOnly? from,
        DateOnly? to
    ) => new(type, code, name, holder, division, Divisions.Find(division)?.Name, state, from, to);
}
