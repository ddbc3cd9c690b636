using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Trading;

/// <summary>What a correction of trade may not do: pass the thing to somebody, take another road, or say another sum
/// than the first entry could have said. Each is an act of its own, with its own gates.</summary>
static class TradeCorrections
{
    /// <summary>Another market, or another seller, is another listing.</summary>
    public static string? OfListing(LedgerEvent was, LedgerEvent to) =>
        (was, to) is (ItemListed w, ItemListed t) && (w.Market, w.Seller) != (t.Market, t.Seller)
            ? "market, seller"
            : null;

    /// <summary>Of a deal's transfer. What another register told is put right as that register does.</summary>
    public static string? OfTransfer(LedgerEvent was, LedgerEvent to) =>
        (was, to) is (OwnershipTransferred { DealId: not null } w, OwnershipTransferred t)
        && (w.NewOwner, w.Via, w.Station) != (t.NewOwner, t.Via, t.Station)
            ? "newOwner, via, station"
            : null;

    /// <summary>A sale between others is another sale: void it and report that one.</summary>
    public static string? OfSale(LedgerEvent was, LedgerEvent to) =>
        (was, to) is (SaleRecorded w, SaleRecorded t)
        && (w.Seller, w.Buyer, w.SellerKind, w.BuyerKind) != (t.Seller, t.Buyer, t.SellerKind, t.BuyerKind)
            ? "seller, buyer"
            : null;

    public static Judgement JudgePayment(LedgerEvent to, Item item, Situation s)
    {
        var paid = (DealPaymentRecorded)to;
        return Refused(Differs(item, paid.DealId, paid.AmountFen, paid.Currency));
    }

    public static Judgement JudgeInvoice(LedgerEvent to, Item item, Situation s)
    {
        var invoice = (DealInvoiced)to;
        var unequal = invoice is { NetFen: { } net, TaxFen: { } tax, GrossFen: { } gross }
            ? TradeDecider.NotSumming(net, tax, gross)
            : null;
        return Refused(unequal ?? Differs(item, invoice.DealId, invoice.GrossFen, invoice.Currency));
    }

    /// <summary>The two sides of the deal that it belongs to.</summary>
    public static IEnumerable<PartyRef?> OfDeal(LedgerEvent wrong, Item item) =>
        DealOf(wrong) is { } id && item.Trade.Deal(id) is { } deal ? [deal.Seller, deal.Buyer] : [];

    /// <summary>A payment that an invoice rests on is not taken back beneath it.</summary>
    public static Refusal? AfterPayment(LedgerEvent wrong, Item item) => Beyond(wrong, DealState.Paid, item);

    /// <summary>An invoice that papers rest on, or a sale, is not taken back beneath them: with it the year's count
    /// would be. A transfer is refused first, a deal that is done is rescinded.</summary>
    public static Refusal? AfterInvoice(LedgerEvent wrong, Item item) => Beyond(wrong, DealState.Invoiced, item);

    static Refusal? Beyond(LedgerEvent wrong, DealState state, Item item) =>
        DealOf(wrong) is { } id && item.Trade.Deal(id) is { } deal && deal.State != state
            ? new("wrong-state") { CurrentState = WireWords.Of(deal.State), BlockingEvent = item.LastEvent }
            : null;

    static Guid? DealOf(LedgerEvent e) =>
        e switch
        {
            DealPaymentRecorded p => p.DealId,
            DealInvoiced i => i.DealId,
            OwnershipTransferred t => t.DealId,
            _ => null,
        };

    static Refusal? Differs(Item item, Guid? deal, long? fen, string? currency) =>
        deal is null ? null : item.Trade.Deal(deal)?.Differs(fen, currency);

    static Judgement Refused(Refusal? refusal) => refusal is null ? Judgement.None : new([], [refusal.At("facts")]);
}
