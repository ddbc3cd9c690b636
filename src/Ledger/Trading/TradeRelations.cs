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
            RepriceListing or WithdrawListing when item.Trade.Listing is { } listing && !listing.IsOf(s.By) => new(
                "not-the-lister"
            ),
            // A desk sells what its own market offers or shows, not what another one does.
            OpenDeal
                when item.Trade.OpenListing is { } listing
                    && s.By.Is(Roles.Traders)
                    && MarketCode.IsWellFormed(s.By.Site)
                    && !listing.IsOf(s.By)
                    && !listing.Mirrors.Contains(s.By.Site) => new("not-the-lister"),
            CheckVehicle => ElsewhereThan(item.Trade.LiveDeal, s.By),
            RefuseTransfer refusing => ElsewhereThan(item.Trade.Deal(refusing.DealId), s.By),
            TransferOwnership { Via: TransferVia.Station } transfer => ElsewhereThan(
                item.Trade.Deal(transfer.DealId),
                s.By
            ),
            SubmitTransfer submitting when s.By.Is(Roles.Stn) && s.By.Site != submitting.Station => NotAt(
                s.By.Site,
                submitting.Station
            ),
            _ when DealOf(c) is { } id && s.By.Is(Roles.Traders) => item.Trade.Deals.FirstOrDefault(d => d.Id == id)
                is { } deal
            && !deal.IsOf(s.By)
                ? new("not-of-this-deal")
                : null,
            _ => null,
        };

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

    /// <summary>Whether a matter is the affair of whoever acts: his market's, or, where he names none or no act of it
    /// did, one that he began.</summary>
    internal static bool IsOf(string? market, string begunBy, Acting by) =>
        market is not null && MarketCode.IsWellFormed(by.Site) ? by.Site == market : by.Actor == begunBy;
}
