using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Of those whose role may, who has to do with the matter: the desk whose listing or deal it is, and the
/// station that has the papers. It is asked before the state is, so that a refusal tells a stranger nothing of
/// it.</summary>
static class TradeRelations
{
    /// <summary>Why it is not his to do; null: it is, or it is about nothing that stands.</summary>
    public static Refusal? Refuses(ItemCommand c, Item item, Situation s) =>
        c switch
        {
            ListItem { Market: var market } when s.By.Is(Roles.Clk) && s.By.Site is { } site && site != market =>
                Refusal.Of("not-of-this-market", ("market", market)),
            RepriceListing or WithdrawListing when item.Trade.Listing is { } listing && !listing.IsOf(s.By) => new(
                "not-the-lister"
            ),
            // A desk sells what its own market offers or shows, not what another one does.
            OpenDeal when item.Trade.OpenListing is { } listing && !listing.IsOf(s.By) && !listing.IsShownBy(s.By) =>
                new("not-the-lister"),
            // A dealer takes in what is his to sell: he acts by his own reference.
            TakeIntoStock { Dealer: var dealer } when s.IsForAnother(Roles.Dlr, dealer) => NotDealer,
            ReleaseStock when item.Trade.Stock is { } stock && !s.Self.Is(stock.Dealer) && !stock.IsOf(s.By) =>
                NotDealer,
            FileComplaint filed when !MayComplain(item.Trade.Deal(filed.DealId), s) => new("not-of-this-deal"),
            SettleComplaint settled when item.Trade.Complaint(settled.ComplaintId) is { } complaint => !MayComplain(
                item.Trade.Deal(complaint.DealId),
                s
            )
                ? new("not-of-this-deal")
            : !MaySettle(complaint, s.By) ? new("not-the-complainant") { BlockingEvent = complaint.Event }
            : null,
            CheckVehicle => ElsewhereThan(item.Trade.LiveDeal, s.By),
            RefuseTransfer refusing => ElsewhereThan(item.Trade.Deal(refusing.DealId), s.By),
            // Whichever road it takes: the papers of a sale lie where they were submitted.
            TransferOwnership transfer => ElsewhereThan(item.Trade.Deal(transfer.DealId), s.By),
            SubmitTransfer submitting when s.By.Is(Roles.Stn) && s.By.Site != submitting.Station => NotAt(
                s.By.Site,
                submitting.Station
            ),
            _ when DealOf(c) is { } id && s.By.Is(Roles.Traders | Roles.Con) => item.Trade.Deals.FirstOrDefault(d =>
                d.Id == id
            )
                is { } deal
            && !(s.By.Is(Roles.Traders) && deal.IsOf(s.By))
            && !IsPartyOf(deal, s)
                ? new("not-of-this-deal")
                : null,
            _ => null,
        };

    /// <summary>A person complains about his own deal, and settles with the other side of it; a platform of what was
    /// sold there.</summary>
    static bool MayComplain(Deal? deal, Situation s) =>
        deal is null || s.By.Is(Roles.Reg) || IsPartyOf(deal, s) || s.By.Is(Roles.Plt) && deal.IsOf(s.By);

    /// <summary>A complaint is closed by whoever filed it, by the other side with his word, or by a
    /// regulator.</summary>
    static bool MaySettle(Complaint complaint, Acting by) =>
        by.Is(Roles.Reg) || by.Actor == complaint.By || by.SecondActor == complaint.By;

    static bool IsPartyOf(Deal deal, Situation s) => s.Self.Is(deal.Seller) || s.Self.Is(deal.Buyer);

    static Refusal NotDealer => new("not-the-dealer");

    /// <summary>The deal that a desk brings a step further, or ends.</summary>
    static Guid? DealOf(ItemCommand c) =>
        c switch
        {
            AgreeDeal a => a.DealId,
            RecordPayment p => p.DealId,
            InvoiceDeal i => i.DealId,
            VoidInvoice v => v.DealId,
            CompleteDeal h => h.DealId,
            SubmitTransfer t => t.DealId,
            CancelDeal x => x.DealId,
            RescindDeal r => r.DealId,
            _ => null,
        };

    /// <summary>A station that does not have the papers of a deal.</summary>
    static Refusal? ElsewhereThan(Deal? deal, Acting by) =>
        deal is { State: DealState.InTransfer, Station: { } station } && by.Site != station
            ? NotAt(by.Site, station)
            : null;

    /// <summary>The papers are at another station than the one that acts, or is named.</summary>
    internal static Refusal NotAt(string? other, string? station) =>
        Refusal.Of("not-at-this-station", ("value", other), ("station", station));

    /// <summary>Whether a matter is the affair of whoever acts: a desk's is its market's; where no act of it named a
    /// market, and for whoever stands at no desk, his is what he began.</summary>
    internal static bool IsOf(string? market, Envelope begun, Acting by) =>
        market is not null && by.Is(Roles.Clk) ? by.Site == market : begun.IsBy(by);
}
