using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>Who may give the commands of stock, listings, deals, transfers and what follows them.</summary>
static class TradingPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit
            .Of<TakeIntoStock>(Roles.Dlr | Roles.Clk)
            .To(ProtectedEnd.Ownership, ProtectedEnd.Stock)
            .Stranger("not-the-dealer", Roles.Dlr)
            .After("dealer-not-owner")
            .JudgedBy(Trigger.Transfer),
        Permit
            .Of<ReleaseStock>(Roles.Dlr | Roles.Clk)
            .WindingDown()
            .To(ProtectedEnd.Stock)
            .Stranger("not-the-dealer")
            .After("wrong-state"),
        Permit
            .Of<ListItem>(Roles.Clk | Roles.Plt | Roles.Dlr)
            .To(ProtectedEnd.Listing)
            .Stranger("not-of-this-market", Roles.Clk)
            .After("already-listed", "item-in-other-deal")
            .JudgedBy(Trigger.ListItem),
        Permit
            .Of<MirrorListing>(Roles.Plt | Roles.Clk)
            .To(ProtectedEnd.Listing)
            .Stranger("first-market-not-consenting")
            .After("listing-not-found"),
        Permit
            .Of<RepriceListing>(Roles.Clk | Roles.Plt | Roles.Dlr)
            .To(ProtectedEnd.Listing)
            .Stranger("not-the-lister")
            .After("listing-not-found"),
        Permit
            .Of<WithdrawListing>(Roles.Clk | Roles.Plt | Roles.Dlr)
            .WindingDown()
            .To(ProtectedEnd.Listing)
            .Stranger("not-the-lister")
            .After("listing-not-found"),
        Permit.Of<ExpireListing>(Roles.Sys).To(ProtectedEnd.Listing),
        Permit.Of<VoidListing>(Roles.Reg).To(ProtectedEnd.Listing).After("listing-not-found"),
        Permit
            .Of<OpenDeal>(Roles.Clk | Roles.Plt)
            .To(ProtectedEnd.Deal, ProtectedEnd.Listing)
            .Stranger("not-the-lister", Roles.Clk | Roles.Plt)
            .After("seller-not-owner", "buyer-is-seller", "item-in-other-deal"),
        Permit
            .Of<AgreeDeal>(Roles.Clk | Roles.Plt)
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal")
            .After("deal-not-found", "wrong-state")
            .JudgedBy(Trigger.AgreeDeal),
        Permit
            .Of<RecordPayment>(Roles.Clk | Roles.Plt)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal")
            .After("deal-not-found", "wrong-state", "amount-differs"),
        Permit
            .Of<InvoiceDeal>(Roles.Clk | Roles.Plt | Roles.Dlr)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal")
            .After("deal-not-found", "wrong-state", "amount-differs")
            .JudgedBy(Trigger.InvoiceDeal),
        Permit
            .Of<VoidInvoice>(Roles.Clk | Roles.Plt | Roles.Dlr)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal")
            .After("deal-not-found", "wrong-state"),
        Permit
            .Of<CompleteDeal>(Roles.Clk | Roles.Plt)
            .WindingDown()
            .To(ProtectedEnd.Ownership, ProtectedEnd.Deal)
            .Stranger("not-of-this-deal")
            .After("deal-not-found", "wrong-state", "needs-station-transfer")
            .JudgedBy(Trigger.HandOver),
        Permit
            .Of<SubmitTransfer>(Roles.Clk | Roles.Stn)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal", Roles.Clk)
            .Stranger("not-at-this-station", Roles.Stn)
            .After("deal-not-found", "wrong-state"),
        Permit
            .Of<CheckVehicle>(Roles.Stn)
            .To(ProtectedEnd.Deal)
            .Stranger("not-at-this-station")
            .After("needs-hand-over"),
        Permit
            .Of<TransferOwnership>(Roles.Stn)
            .To(ProtectedEnd.Ownership, ProtectedEnd.Deal)
            .Stranger("not-at-this-station")
            .After("transfer-not-submitted", "vehicle-not-checked", "papers-missing")
            .JudgedBy(Trigger.Transfer),
        Permit
            .Of<RefuseTransfer>(Roles.Stn)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-at-this-station")
            .After("deal-not-found", "wrong-state"),
        Permit
            .Of<CancelDeal>(Roles.Clk | Roles.Plt | Roles.Dlr | Roles.Con | Roles.Reg)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal", Roles.Traders | Roles.Con)
            .After("deal-not-found", "wrong-state"),
        Permit
            .Of<RescindDeal>(Roles.Clk | Roles.Plt | Roles.Dlr | Roles.Con | Roles.Reg)
            .WindingDown()
            .To(ProtectedEnd.Deal)
            .Stranger("not-of-this-deal", Roles.Traders | Roles.Con)
            .After("deal-not-found", "wrong-state", "seller-not-owner", "buyer-not-consenting"),
        Permit
            .Of<FileComplaint>(Roles.Con | Roles.Plt | Roles.Reg)
            .Stranger("not-of-this-deal", Roles.Con | Roles.Plt)
            .After("deal-not-found")
            .JudgedBy(Trigger.FileComplaint),
        Permit
            .Of<SettleComplaint>(Roles.Con | Roles.Plt | Roles.Reg)
            .WindingDown()
            .To(ProtectedEnd.Inquiry)
            .Stranger("not-of-this-deal", Roles.Con | Roles.Plt)
            .After("complaint-not-found", "not-the-complainant"),
        Permit
            .Of<RecordSale>(Roles.Adm)
            .To(ProtectedEnd.Ownership, ProtectedEnd.Listing, ProtectedEnd.Deal)
            .After("seller-not-owner", "item-in-other-deal", "invoice-number-used")
            .JudgedBy(Trigger.RecordSale),
    ];
}
