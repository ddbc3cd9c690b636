using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Who may give the commands of stock, listings, deals, transfers and what follows them.</summary>
static class TradingPermits
{
    public static ImmutableArray<Permit> All { get; } =
    [
        Permit.Of<TakeIntoStock>(Roles.Dlr | Roles.Clk),
        Permit.Of<ReleaseStock>(Roles.Dlr | Roles.Clk).WindingDown(),
        Permit.Of<ListItem>(Roles.Clk | Roles.Plt | Roles.Dlr),
        Permit.Of<MirrorListing>(Roles.Plt | Roles.Clk),
        Permit.Of<RepriceListing>(Roles.Clk | Roles.Plt | Roles.Dlr),
        Permit.Of<WithdrawListing>(Roles.Clk | Roles.Plt | Roles.Dlr).WindingDown(),
        Permit.Of<ExpireListing>(Roles.Sys),
        Permit.Of<VoidListing>(Roles.Reg),
        Permit.Of<OpenDeal>(Roles.Clk | Roles.Plt),
        Permit.Of<AgreeDeal>(Roles.Clk | Roles.Plt),
        Permit.Of<RecordPayment>(Roles.Clk | Roles.Plt).WindingDown(),
        Permit.Of<InvoiceDeal>(Roles.Clk | Roles.Plt | Roles.Dlr).WindingDown(),
        Permit.Of<VoidInvoice>(Roles.Clk | Roles.Plt | Roles.Dlr).WindingDown(),
        Permit.Of<CompleteDeal>(Roles.Clk | Roles.Plt).WindingDown(),
        Permit.Of<SubmitTransfer>(Roles.Clk | Roles.Stn).WindingDown(),
        Permit.Of<CheckVehicle>(Roles.Stn),
        Permit.Of<TransferOwnership>(Roles.Stn),
        Permit.Of<RefuseTransfer>(Roles.Stn).WindingDown(),
        Permit.Of<CancelDeal>(Roles.Clk | Roles.Plt | Roles.Dlr | Roles.Con | Roles.Reg).WindingDown(),
        Permit.Of<RescindDeal>(Roles.Clk | Roles.Plt | Roles.Dlr | Roles.Con | Roles.Reg).WindingDown(),
        Permit.Of<FileComplaint>(Roles.Con | Roles.Plt | Roles.Reg),
        Permit.Of<SettleComplaint>(Roles.Con | Roles.Plt | Roles.Reg).WindingDown(),
        Permit.Of<RecordSale>(Roles.Adm),
    ];
}
