using Ledger;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Trading;

namespace Api.Import;

/// <summary>What a row wants recorded, or why it cannot be asked for.</summary>
public sealed record RowRequest(CommandRequest? Request, Refusal? Refusal = null);

/// <summary>Builds commands from canonical rows: the same that HTTP gives.</summary>
public sealed class RowRequests(Handles handles, ImportMap? map, string? onlyMarket)
{
    readonly TimeZoneInfo zone = map?.Zone ?? TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    readonly string jurisdiction = map?.Jurisdiction ?? Jurisdiction.Sichuan;

    public RowRequest Sale(CanonicalRow row)
    {
        var v = new Values(row, zone);
        var key = v.Needed("row_key");
        var market = row["market"].Length == 0 ? onlyMarket ?? v.Needed("market") : row["market"];
        if (v.Fault is null && MarketCode.Check(market) is { } malformed)
            v.Fail(malformed.At("market"));
        if (onlyMarket is not null && market != onlyMarket)
            v.Fail(Refusal.Of("market-differs", ("value", market), ("expected", onlyMarket)).At("market"));
        var registration = Registration(row, v, market);
        var seller = v.Party("seller", market);
        var buyer = v.Party("buyer", market);
        if (seller is null)
            v.Needed("seller");
        if (buyer is null)
            v.Needed("buyer");
        var price = v.Number("price_fen", 0, Bounds.MostFen);
        if (price is null)
            v.Needed("price_fen");
        var currency = v.Text("currency") ?? "CNY";
        if (!Bounds.IsCurrency(currency))
            v.Fail(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "currency"),
                        ("value", currency),
                        ("expected", "ISO 4217, e.g. CNY")
                    )
                    .At("currency")
            );
        var agreed = v.Time("agreed_at");
        if (agreed is null)
            v.Needed("agreed_at");
        var transferred = v.Time("transferred_at");
        if (transferred is { IsDay: false } t && agreed is { } a && t.At < a.At)
            v.Fail(
                Refusal
                    .Of(
                        "value-out-of-range",
                        ("name", "transferred_at"),
                        ("value", row["transferred_at"]),
                        ("least", row["agreed_at"]),
                        ("most", "…")
                    )
                    .At("transferred_at")
            );
        var byStation = GoodsCategory.Find(row["category"]) is { TransfersByStation: true };
        var (sellerKind, buyerKind) = (v.Word<PartyKind>("seller_kind"), v.Word<PartyKind>("buyer_kind"));
        var (km, grade) = (v.Number("odometer_km", 0, Bounds.MostKm), (int?)v.Number("grade", 1, 5));
        var (wipe, invoice) = (v.Text("wipe_ref"), v.Text("invoice_no", 60));
        if (v.Fault is not null || registration is null)
            return new(null, v.Fault);
        var command = RecordSale.Reported(
            market,
            registration with
            {
                ItemId = handles.EntityId("item", market, key),
            },
            (seller!, sellerKind),
            (buyer!, buyerKind),
            price!.Value,
            currency,
            agreed!.Value,
            transferred,
            byStation ? TransferVia.Station : TransferVia.HandOver,
            km,
            grade,
            wipe,
            invoice
        );
        var request = Request(row, command with { Item = command.Registration.ItemId }, market, key, agreed.Value) with
        {
            By = Acting.Local with { Site = market },
        };
        return new(request);
    }

    public RowRequest History(CanonicalRow row)
    {
        var v = new Values(row, zone);
        var key = v.Needed("row_key");
        var source = v.Needed("source", 64);
        var occurred = v.Time("occurred_at");
        if (occurred is null)
            v.Needed("occurred_at");
        var facts = Facts(row, v);
        var name = row["event"];
        var line = EventCatalog.OfName(name);
        var other = line is null ? null : Modules.Observed.GetValueOrDefault(line.Type);
        if (other is null && !IsOfItem(line))
            v.Fail(Refusal.Of("event-unknown", ("value", name)).At("event"));
        if (v.Fault is not null)
            return new(null, v.Fault);
        if (other is not null)
            return Other(row, other, line!, facts, source, key, occurred!.Value);
        var registration = Registration(row, v, source);
        if (v.Fault is not null)
            return new(null, v.Fault);
        NamedIdentifier? adds = null;
        if (line!.Type == typeof(ItemIdentifierAdded))
        {
            if (!facts.Remove("identifier", out var text))
                return new(null, Refusal.Of("value-missing", ("name", "facts.identifier")).At("facts"));
            var (identifier, malformed) = Identifier.Parse(text);
            if (identifier is null)
                return new(null, malformed!.At("facts"));
            adds = handles.Name(identifier);
        }
        var (fact, refusal) = ObservedFact.Bind(line, facts, row["place"], row["party"], source);
        if (fact is null)
            return new(null, refusal);
        var command = new ObserveFact(fact, registration! with { ItemId = handles.EntityId("item", source, key) })
        {
            Adds = adds,
        };
        return new(Request(row, command with { Item = command.Registration!.ItemId }, source, key, occurred!.Value));
    }

    static bool IsOfItem(EventLine? line) =>
        line is { IsOwn: false } && line.Kind == GoodsStreams.Item && !typeof(ICorrection).IsAssignableFrom(line.Type);

    /// <summary>A fact of what is no item: it is named by its code.</summary>
    RowRequest Other(
        CanonicalRow row,
        ObservedLine kind,
        EventLine line,
        IReadOnlyDictionary<string, string> facts,
        string source,
        string key,
        Moment at
    )
    {
        var code = row["identifiers"].StartsWith(kind.Prefix, StringComparison.Ordinal)
            ? row["identifiers"][kind.Prefix.Length..].Trim()
            : "";
        if (kind.Check(code) is { } malformed)
            return new(null, malformed.At("identifiers"));
        var (fact, refusal) = ObservedFact.Bind(line, facts, "", "", source);
        return fact is null ? new(null, refusal) : new(Request(row, kind.Command(code, fact), source, key, at));
    }

    CommandHash Hash(CanonicalRow row, string source) => handles.CommandHash("IMPORT", source, row.Canonical());

    CommandRequest Request(CanonicalRow row, LedgerCommand command, string source, string key, Moment at) =>
        new(command, Acting.Local, source, key, Hash(row, source), at.At)
        {
            Source = source,
            Precision = at.Precision,
            GivenDay = at.Untold,
            Jurisdiction = jurisdiction,
        };

    RegisterItem? Registration(CanonicalRow row, Values v, string scope)
    {
        var category = v.Needed("category");
        var text = v.Needed("identifiers", 2000);
        var make = v.Text("brand");
        var model = v.Text("model");
        var produced = v.Day("manufactured_on");
        var registered = v.Day("first_registered_on");
        if (v.Fault is not null)
            return null;
        var (identifiers, refusal) = Identifier.ParseAll(text);
        if (refusal is not null)
            v.Fail(refusal.At("identifiers"));
        else if (Identifier.WrongCount(identifiers.Length, "identifiers") is { } wrong)
            v.Fail(wrong);
        return new(
            Guid.Empty,
            category,
            [.. identifiers.Select(handles.Name)],
            make,
            model,
            ProductionDate: produced,
            FirstRegistered: registered
        );
    }

    static Dictionary<string, string> Facts(CanonicalRow row, Values v)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var pair in row["facts"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                v.Fail(
                    Refusal
                        .Of(
                            "value-malformed",
                            ("name", "facts"),
                            ("value", Bounds.Short(pair)),
                            ("expected", "key=value;…")
                        )
                        .At("facts")
                );
            else
                facts[pair[..equals].Trim()] = pair[(equals + 1)..].Trim();
        }
        foreach (var (name, value) in row.Facts)
            facts[name] = value;
        foreach (var (name, value) in facts)
        {
            if (name.Length > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
                v.Fail(
                    Refusal
                        .Of(
                            "value-malformed",
                            ("name", "facts"),
                            ("value", Bounds.Short(name)),
                            ("expected", "an ASCII key")
                        )
                        .At("facts")
                );
            if (PlainText.Check(value, 500) is { } bad)
                v.Fail(bad.At($"facts.{name}"));
        }
        return facts;
    }
}
