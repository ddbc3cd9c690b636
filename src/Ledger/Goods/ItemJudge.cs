using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Gathers the facts that rules ask about and lets the rule set speak. One place, so that desk and import
/// are judged alike.</summary>
public static class ItemJudge
{
    public static Judgement Registering(RegisterItem command, Situation s, bool refuses = true)
    {
        string? Joined(string kind) =>
            string.Join(';', command.Identifiers.Where(i => i.Identifier.Kind == kind).Select(i => i.Identifier.Value))
                is { Length: > 0 } text
                ? text
                : null;
        var facts = Inputs
            .None.And("vin", Joined("vin"))
            .And("imei", Joined("imei"))
            .And("tag", Joined("tag"))
            .And("battery", Joined("battery"));
        var judged = s.Rules.Judge(Trigger.RegisterItem, command.Category, s.Jurisdiction, s.LawDay, facts, refuses);
        return judged with { Refusals = [.. judged.Refusals.Select(r => r.At("identifiers"))] };
    }

    /// <param name="deal">The deal that the act is a step of; a lender may have consented to it.</param>
    /// <param name="seller">Who sells, and in which role; null where the act has no seller.</param>
    public static Judgement Trading(
        Trigger act,
        Item item,
        Situation s,
        PartyRef? seller = null,
        PartyKind? sellerKind = null,
        bool refuses = true,
        long? odometerKm = null,
        Guid? deal = null
    )
    {
        var facts = TradingFacts(item, s, seller, sellerKind, odometerKm, deal);
        var judged = s.Rules.Judge(act, item.Category, s.Jurisdiction, s.LawDay, facts, refuses);
        return judged with { Refusals = [.. judged.Refusals.Select(r => WithState(r, item))] };
    }

    /// <summary>The facts that rules of trade ask about.</summary>
    internal static Inputs TradingFacts(
        Item item,
        Situation s,
        PartyRef? seller = null,
        PartyKind? sellerKind = null,
        long? odometerKm = null,
        Guid? deal = null
    )
    {
        // A consent that has run out since lets no act pass that is put before its end.
        var blocks = item.Encumbrances.Blocks(deal, s.Now);
        return Standing(item)
            .And("encumbered", blocks)
            .And("underConsent", item.Encumbrances.IsEncumbered && !blocks)
            .And("disclosedFields", item.Disclosure?.Sheet.Answered() ?? 0)
            .And("valueKm", odometerKm)
            .And("lastKm", odometerKm is null ? null : item.Condition.Odometer.AcceptedBy(s.LawDay)?.Km)
            .And(CarCount.RuleInputs(item, seller, sellerKind, s));
    }

    /// <summary>What stands in the way of any trade or export: liens, holds, the scrap limit, data.</summary>
    internal static Inputs Standing(Item item) =>
        Inputs
            .None.And("encumbered", item.Encumbrances.IsEncumbered)
            .And("held", item.Encumbrances.IsHeld)
            .And("identityConflict", !item.Conflicts.IsEmpty)
            .And("scrapLimit", item.ScrapLimit)
            .And("bearsData", GoodsCategory.Find(item.Category)?.BearsData)
            .And("dataState", WireWords.Of(item.Data.StateForTrade))
            .And("classified", item.Data.Classified);

    /// <summary>Whether a number that an inspector named was valid that day. Of one that nobody recorded nothing is
    /// known.</summary>
    /// <param name="day">Of the inspection.</param>
    public static Judgement Accredited(string? number, DateOnly day, Item item, Situation s) =>
        number is null
            ? Judgement.None
            : s.Rules.Judge(
                Trigger.InspectItem,
                item.Category,
                s.Jurisdiction,
                s.LawDay,
                Inputs.None.And(
                    "accreditationValid",
                    LicenceTerms
                        .Read(s.ReservationOf(LicenceTerms.Row(LicenceKind.Accreditation, number)))
                        ?.IsValidOn(day)
                )
            );

    internal static Refusal WithState(Refusal refusal, Item item) =>
        refusal.Code switch
        {
            "encumbered" => refusal with { BlockingEvent = item.Encumbrances.Liens[0].Event },
            "held-by-authority" => refusal with { BlockingEvent = item.Encumbrances.Holds[0].Event },
            "identity-conflict" => refusal with { BlockingEvent = item.Conflicts[0].Event },
            _ => refusal,
        };
}
