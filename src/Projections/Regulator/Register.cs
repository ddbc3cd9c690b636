using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;

namespace Projections.Regulator;

/// <summary>Something that may act in a market, or allows somebody to.</summary>
public sealed record RegisterRow : ViewRow
{
    /// <summary><c>market</c>, <c>station</c>, <c>exporter</c>, <c>issuer</c>, or the kind of a licence.</summary>
    public required string Type { get; init; }
    public required string Code { get; init; }
    public string? Name { get; init; }

    /// <summary>Of a licence; a person is told by nothing.</summary>
    public string? Holder { get; init; }
    public string? Division { get; init; }

    /// <summary>As its events left it, e.g. <c>open</c>, <c>approved</c>, <c>suspended</c>.</summary>
    public required string State { get; init; }

    /// <summary>Nothing stopped it: where it stands on a day follows from its term.</summary>
    public bool ByTerm { get; init; }
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? ValidTo { get; init; }
    public DateOnly? RevokedOn { get; init; }

    /// <summary>Its term was cut short.</summary>
    public bool IsEnded { get; init; }

    /// <summary>Who authorised or approved it.</summary>
    public string? Authority { get; init; }

    /// <summary>Export batches of an exporter.</summary>
    public int? Batches { get; init; }

    /// <summary>Of its stream.</summary>
    public required long Version { get; init; }
}

/// <summary>Who may do what, where, and until when? (domain.md R19)</summary>
public sealed record RegisterView() : View("register", 1, "Who may do what, where, and until when?")
{
    public override Type Row => typeof(RegisterRow);

    public override bool IsAwaited => true;

    public override IReadOnlyList<string> Indexes => ["type collate \"C\", code collate \"C\", stream, n"];

    public override IReadOnlyList<StreamKind> Kinds { get; } =
    [MarketStreams.Market, MarketStreams.Station, ExportStreams.Exporter, PartyStreams.Issuer, PartyStreams.Party];

    public override IEnumerable<ViewRow> Rows(StreamHistory history) =>
        history.Kind == MarketStreams.Market ? One(history.Fold(Ledger.Markets.Market.Fold), m => Of(history, m))
        : history.Kind == MarketStreams.Station ? One(history.Fold(Station.Fold), s => Of(history, s))
        : history.Kind == ExportStreams.Exporter ? One(history.Fold(Exporter.Fold), e => Of(history, e))
        : history.Kind == PartyStreams.Issuer ? One(history.Fold(Issuer.Fold), i => Of(history, i))
        : history.Fold(PartyOnRoll.Fold) is { } party ? party.Licences.Select((l, n) => Of(history, party, l, n))
        : [];

    static RegisterRow[] One<T>(T? state, Func<T, RegisterRow> row)
        where T : class => state is null ? [] : [row(state)];

    /// <summary>The one row of a market, station, exporter or issuer.</summary>
    static RegisterRow Of(
        StreamHistory history,
        string type,
        string code,
        string? name,
        string? division,
        string state,
        long version
    ) =>
        new()
        {
            Stream = history.Id,
            N = 0,
            Type = type,
            Code = code,
            Name = name,
            Division = division,
            State = state,
            Version = version,
        };

    static RegisterRow Of(StreamHistory history, Ledger.Markets.Market m) =>
        Of(history, "market", m.Code, m.Name, MarketCode.DivisionOf(m.Code), WireWords.Of(m.State), m.Version);

    static RegisterRow Of(StreamHistory history, Station s) =>
        Of(
            history,
            "station",
            s.Code,
            s.Authorised.Name,
            StationCode.DivisionOf(s.Code),
            WireWords.Of(s.State),
            s.Version
        ) with
        {
            ByTerm = s.State is SiteState.Open,
            ValidFrom = s.Authorised.ValidFrom,
            ValidTo = s.Authorised.ValidTo,
            Authority = s.Authorised.Authority,
        };

    static RegisterRow Of(StreamHistory history, Exporter e) =>
        Of(history, "exporter", e.Code, e.Filed.Name, PlaceOf(e.Code), WireWords.Of(e.State), e.Version) with
        {
            ByTerm = e.State is ExporterState.Approved,
            ValidTo = e.Approved?.ValidTo,
            Authority = e.Approved?.IssuingBody,
            Batches = e.Batches.Length,
        };

    static RegisterRow Of(StreamHistory history, Issuer i) =>
        Of(
            history,
            "issuer",
            i.Org,
            i.Registered.Name,
            PlaceOf(i.Org),
            i.SuspendedSince is null ? "valid" : "suspended",
            i.Version
        ) with
        {
            ByTerm = i.SuspendedSince is null,
            ValidFrom = i.Term.From,
            ValidTo = i.Term.To,
            RevokedOn = i.RevokedSince is { } since ? ShanghaiDay.Of(since) : null,
        };

    static RegisterRow Of(StreamHistory history, PartyOnRoll p, Licence l, int n) =>
        new()
        {
            Stream = history.Id,
            N = n,
            Type = WireWords.Of(l.Recorded.Kind ?? LicenceKind.Accreditation),
            Code = l.Recorded.Number ?? "",
            Name = l.Recorded.Issuer,
            Holder = p.Registered.Name ?? p.Registered.Uscc,
            Division = p.Registered.Region,
            State = "valid",
            ByTerm = true,
            ValidFrom = l.Term.From,
            ValidTo = l.Term.To,
            IsEnded = l.EndedOn is not null,
            Version = p.Version,
        };

    /// <summary>Positions 3 to 8 of a code are the place of its registration.</summary>
    static string? PlaceOf(string code) => code.Length == 18 ? code[2..8] : null;
}
