using Api.Hosting;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Trading;

namespace Api;

/// <summary>What follows a listing or a deal: mirrors, orders of the regulator, returns, complaints.</summary>
static class AfterSales
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Trading");
        items
            .MapItemCommand<ReasonBody>(
                "/stock-releases",
                i =>
                    new(new ReleaseStock(i.Fields.Needed(i.Body.Reason, "reason", 500)))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ReleaseStock>("Release an item from stock", Examples.Reason, "wrong-state");
        items
            .MapItemCommand<MirrorBody>(
                "/listings/{listingId}/mirrors",
                i =>
                    new(
                        new MirrorListing(
                            i.PathId("listingId"),
                            i.Fields.Market(i.Body.Market, "market"),
                            i.Fields.Market(i.Body.ConsentBy, "consentBy")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<MirrorListing>(
                "Show a listing in a second market",
                Examples.Mirror,
                "first-market-not-consenting",
                "market-not-found",
                SiteStates.IsSuspended,
                SiteStates.IsClosed,
                "listing-not-found"
            );
        items
            .MapItemCommand<ListingVoidingBody>(
                "/listings/{listingId}/voidings",
                i =>
                    new(
                        new VoidListing(
                            i.PathId("listingId"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500),
                            i.Fields.Text(i.Body.Basis, "basis")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<VoidListing>(
                "Take a listing down by order",
                Examples.Voiding,
                "listing-not-found",
                "wrong-state"
            );
        items
            .MapItemCommand<ReasonBody>(
                "/trades/{tradeId}/invoice-voidings",
                i =>
                    new(new VoidInvoice(i.PathId("tradeId"), i.Fields.Needed(i.Body.Reason, "reason", 500)))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<VoidInvoice>("Void the invoice of a deal", Examples.Reason, "deal-not-found", "wrong-state");
        items
            .MapItemCommand<RescissionBody>("/trades/{tradeId}/rescissions", Rescind)
            .Describe<RescindDeal>(
                "Undo a completed deal by a new one back",
                Examples.Rescission,
                "deal-not-found",
                "wrong-state"
            );
        items
            .MapItemCommand<ComplaintBody>("/complaints", Complain)
            .Describe<FileComplaint>("File a complaint about a deal", Examples.Complaint, "deal-not-found");
        items
            .MapItemCommand<SettlementBody>(
                "/complaints/{complaintId}/settlements",
                i =>
                    new(
                        new SettleComplaint(
                            i.PathId("complaintId"),
                            i.Fields.Needed(i.Body.Outcome, "outcome", 200),
                            (int?)i.Fields.Number(i.Body.Multiple, "multiple", 0, 10),
                            i.Fields.Number(i.Body.PaidFen, "paidFen", 0, Bounds.MostFen)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<SettleComplaint>("Settle a complaint", Examples.Settlement, "complaint-not-found");
    }

    static Plan Rescind(Incoming<RescissionBody> i)
    {
        var back = i.NewId("deal");
        return new(
            new RescindDeal(
                i.PathId("tradeId"),
                i.Fields.Needed(i.Body.Reason, "reason", 500),
                i.Fields.Number(i.Body.RefundFen, "refundFen", 0, Bounds.MostFen),
                back
            ),
            ("trades", back)
        )
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }

    static Plan Complain(Incoming<ComplaintBody> i)
    {
        var id = i.NewId("complaint");
        return new(
            new FileComplaint(
                id,
                i.Fields.Id(i.Body.TradeId, "tradeId"),
                i.Fields.Needed(i.Body.Topic, "topic", 60),
                i.Fields.Number(i.Body.AmountFen, "amountFen", 0, Bounds.MostFen)
            ),
            ("complaints", id)
        )
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }
}
