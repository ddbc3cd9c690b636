using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Adversary;

/// <summary>What must hold of one thing, whatever was asked: told from the events that were taken and from nothing that
/// decides.</summary>
sealed class Model(Guid item, bool isCar)
{
    sealed record LienSeen(string? Holder)
    {
        public List<(Guid? Deal, DateTimeOffset? Until)> Consents { get; } = [];
    }

    readonly Dictionary<Guid, StoredEvent> events = [];
    readonly Dictionary<Guid, LienSeen> liens = [];
    readonly Dictionary<Guid, string> holds = [];
    readonly Dictionary<Guid, StoredEvent> attested = [];
    readonly Dictionary<Guid, (string Station, bool Checked)> submitted = [];
    readonly Dictionary<Guid, (string? Site, string Actor, string Role)> desks = [];
    readonly Dictionary<Guid, (PartyRef? Seller, PartyRef? Buyer)> sides = [];
    readonly Dictionary<Guid, string> complaints = [];
    readonly HashSet<Guid> completed = [];
    readonly HashSet<string?> mirrors = [];
    Guid? back;
    (PartyRef? Dealer, Envelope Taken)? stock;
    (string Actor, string Role)? listedBy;
    string? listedIn,
        keeper,
        seal;
    bool cleared;

    public List<string> Broken { get; } = [];

    void Must(bool holds, StoredEvent e, string what)
    {
        if (!holds)
            Broken.Add($"{what}: {e.Type} by {e.Envelope.Actor} ({e.Envelope.Role}) at {e.Envelope.Site}");
    }

    public void See(StoredEvent e)
    {
        if (e.StreamId != item)
            return;
        events[e.EventId] = e;
        var by = e.Envelope;
        // A clock may be five minutes fast.
        Must(by.OccurredAt <= e.RecordedAt.AddMinutes(5), e, "in the future");
        switch (e.Event)
        {
            case ItemListed l:
                Must(by.Role != "CLK" || l.Market == by.Site, e, "listed in another market");
                (listedIn, listedBy) = (l.Market, (by.Actor, by.Role));
                mirrors.Clear();
                break;
            case StockReleased:
                Must(
                    stock is not (var dealer, { } began) || Concerns(by, began) || $"{dealer}" == by.Actor,
                    e,
                    "another's stock"
                );
                stock = null;
                break;
            case ListingRepriced:
                Must(IsListers(by), e, "another market's listing");
                break;
            case ListingWithdrawn:
                Must(IsListers(by), e, "another market's listing");
                listedIn = null;
                break;
            case EncumbranceRegistered { EncumbranceId: { } id } l:
                Must(by.Role != "LND" || l.Holder?.Reference == by.Actor, e, "a lien for another lender");
                liens[id] = new(l.Holder?.Reference);
                break;
            case EncumbranceReleased { EncumbranceId: { } id }:
                Must(by.Role != "LND" || liens[id].Holder == by.Actor, e, "another lender's lien ended");
                liens.Remove(id);
                break;
            case LenderConsentGiven { EncumbranceId: { } id } c:
                Must(liens[id].Holder == by.Actor, e, "another lender consented");
                liens[id].Consents.Add((c.DealId, c.Until));
                break;
            case HoldPlaced { HoldId: { } id } h:
                Must(
                    h.Authority is not HoldAuthority.Police || by.Role == "POL",
                    e,
                    "a police hold by nobody of the police"
                );
                holds[id] = by.Actor;
                break;
            case HoldReleased { HoldId: { } id }:
                Must(holds[id] == by.Actor, e, "a hold ended by another body");
                holds.Remove(id);
                break;
            case DealRescinded { DealId: { } first, BackDealId: { } id }:
                Must(
                    by.Role == "REG" || HasWordOf(by, $"{sides[first].Buyer}"),
                    e,
                    "rescinded without the buyer's word"
                );
                back = id;
                break;
            case ComplaintFiled { ComplaintId: { } id }:
                complaints[id] = by.Actor;
                break;
            case ComplaintSettled { ComplaintId: { } id }:
                Must(by.Role == "REG" || HasWordOf(by, complaints[id]), e, "settled without the complainant");
                break;
            case DealOpened { DealId: { } id } opened:
                sides[id] = (opened.Seller, opened.Buyer);
                // What goes back goes by the desk that sold it, whoever offers it now.
                Must(
                    id == back || listedIn is null || IsListers(by) || by.Role == "CLK" && mirrors.Contains(by.Site),
                    e,
                    "another market's offer sold"
                );
                desks[id] = (by.Role == "CLK" ? by.Site : null, by.Actor, by.Role);
                break;
            case ListingMirrored { Market: var mirror }:
                Must(IsListers(by), e, "another market's consent");
                mirrors.Add(mirror);
                break;
            case DealAgreed { DealId: { } id }:
                OfDesk(id, e);
                break;
            case DealPaymentRecorded { DealId: { } id }:
                OfDesk(id, e);
                break;
            case DealInvoiced { DealId: { } id }:
                OfDesk(id, e);
                break;
            case TransferSubmitted { DealId: { } id, Station: { } station }:
                submitted[id] = (station, false);
                break;
            case TransferRefused { DealId: { } id }:
                Must(submitted[id].Station == by.Site, e, "refused by another station");
                submitted.Remove(id);
                break;
            case VehicleChecked check:
                foreach (var (id, (station, _)) in submitted.ToList())
                    if (station == by.Site)
                        submitted[id] = (station, check is { VinMatches: true, EngineMatches: true });
                break;
            case ItemHandedOver:
                Must(!isCar, e, "a car passed without a station");
                break;
            case OwnershipTransferred t:
                if (isCar)
                {
                    Must(by.Role == "STN", e, "a car passed by no station");
                    Must(
                        t.Via is TransferVia.Station
                            ? t.DealId is { } id && submitted.GetValueOrDefault(id) is (var at, true) && at == by.Site
                            : t.Via is TransferVia.Court or TransferVia.Auction or TransferVia.ForeignRegister,
                        e,
                        "a car passed without papers and check at this station"
                    );
                }
                Passes(e, t.DealId);
                break;
            case StockTakenIn s:
                Must(by.Role != "DLR" || $"{s.Dealer}" == by.Actor, e, "taken in for another dealer");
                Must(
                    s.Mode is not StockMode.Purchase
                        || s.Dealer == Cast.Owner
                        || s.Dealer == Cast.Buyer
                        || s.Dealer?.Reference == "K-3",
                    e,
                    "stock"
                );
                stock = (s.Dealer, by);
                break;
            case WipeAttested { AttestationId: { } id }:
                attested[id] = e;
                cleared = false;
                break;
            case WipeVerified { AttestationId: { } id } v:
                var of = attested[id];
                var wipe = (WipeAttested)of.Event;
                Must(of.Envelope.Actor != by.Actor, e, "cleared by whoever wiped it");
                Must(
                    wipe.Tool?.Version != v.Tool?.Version
                        || !string.Equals(
                            wipe.Tool?.Name.Trim(),
                            v.Tool?.Name.Trim(),
                            StringComparison.OrdinalIgnoreCase
                        ),
                    e,
                    "cleared by the same tool"
                );
                Must(
                    wipe.Docs is { Length: > 0 }
                        && wipe.Evidence is { Result: WipeResult.Ok }
                        && v.Check is { Sampled: > 100, Residues: 0 },
                    e,
                    "cleared on evidence that was not told"
                );
                cleared = true;
                break;
            case WipeFailed or WipeSuspended or WipeRevoked:
                cleared = false;
                break;
            case MediumDestroyed { Level: WipeLevel.Destruct }:
                cleared = true;
                break;
            case ItemReceived:
                Must(keeper is null || HasWordOf(by, keeper), e, "taken from its keeper without his word");
                (keeper, seal) = (null, null);
                break;
            case CustodyTransferred on:
                Must(by.SecondActor == $"{on.To}", e, "handed on without the other side");
                Must(seal is null || on.SealNo == seal, e, "handed on under another seal");
                (keeper, seal) = ($"{on.To}", on.SealNo);
                break;
            case ICorrection { Target: var target } when events.GetValueOrDefault(target) is { } wrong:
                Must(
                    wrong.Envelope.Role == by.Role
                        && (wrong.Envelope.Actor == by.Actor || wrong.Envelope.Site == by.Site && by.Site is not null)
                        || by.Role == "REG" && by.SecondActor == wrong.Envelope.Actor,
                    e,
                    "corrected by another than its recorder"
                );
                Must(
                    by.SecondActor is null or Cast.RegulatorCode
                        || by.Role == "REG"
                        || Parties.Any(side => by.SecondActor == $"{side}"),
                    e,
                    "counter-signed by nobody who is concerned"
                );
                Must(
                    wrong.Event is not DealInvoiced { DealId: { } sold } || !completed.Contains(sold),
                    e,
                    "a sale that counted counts no more"
                );
                Forget(wrong);
                break;
        }
    }

    /// <summary>It is not the medium's end: a voided fact changes no more than what it had done.</summary>
    void Forget(StoredEvent wrong)
    {
        switch (wrong.Event)
        {
            case EncumbranceRegistered { EncumbranceId: { } id }:
                liens.Remove(id);
                break;
            case EncumbranceReleased { EncumbranceId: { } id }:
                liens[id] = new(null);
                break;
            case HoldPlaced { HoldId: { } id }:
                holds.Remove(id);
                break;
            case HoldReleased { HoldId: { } id }:
                holds[id] = wrong.Envelope.Actor;
                break;
            case OwnershipTransferred { DealId: { } id }:
                completed.Remove(id);
                break;
            case WipeVerified or MediumDestroyed:
                cleared = false;
                break;
        }
    }

    static readonly PartyRef[] Parties =
    [
        Cast.Owner,
        Cast.Buyer,
        Cast.Third,
        new(Cast.Elsewhere, "K-1"),
        PartyRef.Organisation(Cast.Bank),
    ];

    static bool HasWordOf(Envelope by, string party) => by.Actor == party || by.SecondActor == party;

    /// <summary>Whether somebody began it, or stands at the desk that did.</summary>
    static bool Concerns(Envelope by, Envelope began) =>
        (by.Actor, by.Role) == (began.Actor, began.Role)
        || by.Role == "CLK" && by.Site is not null && by.Site == began.Site;

    bool IsListers(Envelope by) => (by.Actor, by.Role) == listedBy || by.Role == "CLK" && by.Site == listedIn;

    void OfDesk(Guid deal, StoredEvent e)
    {
        var by = e.Envelope;
        Must(
            !desks.TryGetValue(deal, out var desk)
                || (by.Actor, by.Role) == (desk.Actor, desk.Role)
                || by.Role == "CLK" && (desk.Site is null || desk.Site == by.Site || listedIn == by.Site)
                || sides[deal] is var (seller, buyer) && (by.Actor == $"{seller}" || by.Actor == $"{buyer}"),
            e,
            "another market's deal"
        );
    }

    void Passes(StoredEvent e, Guid? deal)
    {
        Must(holds.Count == 0, e, "ownership past a hold");
        foreach (var lien in liens.Values)
            Must(
                lien.Consents.Any(c => c.Deal == deal && (c.Until is not { } until || e.RecordedAt <= until)),
                e,
                "ownership past a lien"
            );
        if (!isCar)
            Must(cleared, e, "sold unwiped");
        if (deal is { } id)
            Must(completed.Add(id), e, "one sale counted twice");
        cleared = false;
        (listedIn, listedBy, keeper, seal) = (null, null, null, null);
    }
}
