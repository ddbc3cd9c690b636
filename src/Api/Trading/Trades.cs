using Api.Hosting;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Trading;

namespace Api;

/// <summary>Listing and deal.</summary>
static class Trades
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Trading");
        items
            .MapItemCommand<StockBody>(
                "/stock",
                i =>
                    new(
                        new TakeIntoStock(
                            i.Fields.NeededParty(i.Body.Dealer, "dealer"),
                            i.Fields.Word<StockMode>(i.Body.Mode, "mode"),
                            i.Fields.Number(i.Body.PriceFen, "priceFen", 0, Bounds.MostFen),
                            i.Body.PriceFen is null ? null : i.Fields.Currency(i.Body.Currency)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<TakeIntoStock>(
                "Take an item into stock",
                Examples.Stock,
                "wrong-state",
                "dealer-not-owner",
                "held-by-authority",
                "encumbered"
            );
        items
            .MapItemCommand<ListingBody>(
                "/listings",
                i =>
                {
                    var market = i.Fields.Market(i.Body.Market, "market");
                    var seller = i.Body.Seller is null ? null : new Fields(market).Party(i.Body.Seller, "seller");
                    if (i.Body.Seller is not null && seller is null)
                        i.Fields.Party(i.Body.Seller, "seller");
                    var id = i.NewId("listing");
                    return new(
                        new ListItem(
                            id,
                            market,
                            seller,
                            i.Fields.Fen(i.Body.AskFen, "askFen"),
                            i.Fields.Currency(i.Body.Currency),
                            i.Fields.Day(i.Body.EndsOn, "endsOn")
                        ),
                        ("listings", id)
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    };
                }
            )
            .Describe<ListItem>(
                "List an item for sale",
                Examples.Listing,
                "already-listed",
                "encumbered",
                "held-by-authority",
                SiteStates.IsSuspended,
                SiteStates.IsClosed,
                "market-not-found",
                "disclosure-incomplete",
                "past-scrap-limit",
                "data-not-wiped"
            );
        items
            .MapItemCommand<RepriceBody>(
                "/listings/{listingId}/prices",
                i =>
                    new(new RepriceListing(i.PathId("listingId"), i.Fields.Fen(i.Body.AskFen, "askFen")))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<RepriceListing>("Change a listing's price", Examples.Reprice, "listing-not-found");
        items
            .MapItemCommand<ReasonBody>(
                "/listings/{listingId}/withdrawals",
                i =>
                    new(new WithdrawListing(i.PathId("listingId"), i.Fields.Needed(i.Body.Reason, "reason")))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<WithdrawListing>("Withdraw a listing", Examples.Reason, "listing-not-found", "wrong-state");
        items
            .MapItemCommand<TradeBody>(
                "/trades",
                i =>
                {
                    var (b, f) = (i.Body, i.Fields);
                    var id = i.NewId("deal");
                    return new(
                        new OpenDeal(
                            id,
                            f.NeededParty(b.Seller, "seller"),
                            f.NeededParty(b.Buyer, "buyer"),
                            f.Word<PartyKind>(b.SellerKind, "sellerKind"),
                            f.Word<PartyKind>(b.BuyerKind, "buyerKind"),
                            f.Word<DealMode>(b.Mode, "mode")
                        ),
                        ("trades", id)
                    )
                    {
                        OccurredAt = b.OccurredAt,
                    };
                }
            )
            .Describe<OpenDeal>(
                "Open a deal",
                Examples.Trade,
                "item-in-other-deal",
                "seller-not-owner",
                "buyer-is-seller",
                SiteStates.IsSuspended,
                SiteStates.IsClosed
            );
        items
            .MapItemCommand<AgreementBody>(
                "/trades/{tradeId}/agreements",
                i =>
                    new(
                        new AgreeDeal(
                            i.PathId("tradeId"),
                            i.Fields.Fen(i.Body.PriceFen, "priceFen"),
                            i.Fields.Currency(i.Body.Currency),
                            i.Fields.Number(i.Body.DepositFen, "depositFen", 0, Bounds.MostFen)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<AgreeDeal>(
                "Agree on a price",
                Examples.Agreement,
                "encumbered",
                "held-by-authority",
                "past-scrap-limit",
                "three-cars-limit",
                "data-not-wiped",
                SiteStates.IsSuspended,
                SiteStates.IsClosed
            );
        items
            .MapItemCommand<PaymentBody>(
                "/trades/{tradeId}/payments",
                i =>
                    new(
                        new RecordPayment(
                            i.PathId("tradeId"),
                            i.Fields.Fen(i.Body.AmountFen, "amountFen"),
                            i.Fields.Currency(i.Body.Currency),
                            i.Fields.Needed(i.Body.Channel, "channel")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<RecordPayment>("Record the payment", Examples.Payment, "amount-differs");
        items
            .MapItemCommand<InvoiceBody>("/trades/{tradeId}/invoices", Invoice)
            .Describe<InvoiceDeal>(
                "Record the invoice",
                Examples.Invoice,
                "parts-do-not-sum",
                "invoice-number-used",
                "three-cars-limit"
            );
        items
            .MapItemCommand<CompletionBody>(
                "/trades/{tradeId}/completions",
                i => new(new CompleteDeal(i.PathId("tradeId"))) { OccurredAt = i.Body.OccurredAt }
            )
            .Describe<CompleteDeal>(
                "Hand over and complete, for goods without registration",
                Examples.Completion,
                "needs-station-transfer",
                "data-not-wiped"
            );
        items
            .MapItemCommand<CancellationBody>(
                "/trades/{tradeId}/cancellations",
                i =>
                    new(
                        new CancelDeal(
                            i.PathId("tradeId"),
                            i.Fields.Needed(i.Body.By, "by"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500),
                            i.Fields.Number(i.Body.RefundFen, "refundFen", 0, Bounds.MostFen)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<CancelDeal>("Cancel a deal", Examples.Cancellation, "wrong-state");
    }

    static Plan Invoice(Incoming<InvoiceBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var number = f.Text(b.InvoiceNo, "invoiceNo", 60);
        f.Number(b.RateBp, "rateBp", 0, Bounds.MostBp);
        return new(
            new InvoiceDeal(
                i.PathId("tradeId"),
                f.Word<InvoiceKind>(b.Kind, "kind"),
                f.Fen(b.GrossFen, "grossFen"),
                f.Fen(b.NetFen, "netFen"),
                f.Fen(b.TaxFen, "taxFen"),
                b.RateBp,
                f.Currency(b.Currency),
                number is null ? null : $"{i.By.Site ?? i.By.Actor}/{number}"
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }
}
