using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Market;

/// <summary>A completed sale (see <see cref="Sale"/>), once per item and transfer.</summary>
public sealed record SaleRow : ViewRow
{
    /// <summary>The day the ownership passed.</summary>
    public required DateOnly SoldOn { get; init; }

    /// <summary>First day of the month, Asia/Shanghai.</summary>
    public required DateOnly Month { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
    public string? SellerKind { get; init; }
    public string? BuyerKind { get; init; }
    public long? PriceFen { get; init; }
    public string? Currency { get; init; }
    public int? Grade { get; init; }
    public long? OdometerKm { get; init; }

    /// <summary>Begun years since the first registration.</summary>
    public int? AgeYears { get; init; }
    public required Guid EventId { get; init; }
}

/// <summary>What was sold, where, in which month, for how much?</summary>
public sealed record SalesView() : ItemView("sales", 3, "What was sold?")
{
    public override Type Row => typeof(SaleRow);

    public override IReadOnlyList<string> Indexes => ["month, market, category", "division text_pattern_ops, month"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history) =>
        Sale.AllOf(history).Select((s, n) => RowOf(history, n, s.Event, s.Before, s.Sale));

    static SaleRow RowOf(ItemHistory history, int n, StoredEvent e, Item item, Sale sale) =>
        new()
        {
            Stream = history.Id,
            N = n,
            SoldOn = sale.On,
            Month = sale.Month,
            Market = sale.Market,
            Division = sale.Division,
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            SellerKind = sale.SellerKind is { } s ? WireWords.Of(s) : null,
            BuyerKind = sale.BuyerKind is { } b ? WireWords.Of(b) : null,
            PriceFen = sale.PriceFen,
            Currency = sale.Currency,
            Grade = (e.Event as SaleRecorded)?.Grade ?? item.Condition.Grade,
            OdometerKm =
                (e.Event as SaleRecorded)?.OdometerKm ?? history.State?.Condition.Odometer.ShownOn(sale.On)?.Km,
            AgeYears = item.FirstRegistered is { } first ? ScrapYears.YearsBegun(first, sale.On) : null,
            EventId = e.EventId,
        };
}
