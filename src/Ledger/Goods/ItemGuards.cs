using System.Globalization;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Which guard rows a command must see before it is decided (domain.md §7).</summary>
public static class ItemGuards
{
    public static GuardKey Alias(Identifier identifier) => new($"alias:{identifier.Kind}", identifier.Value);

    public static GuardKey Cars(PartyRef party, int year) =>
        new("cars", $"{party}:{year.ToString(CultureInfo.InvariantCulture)}");

    public static GuardKey Invoice(string scopedNumber) => new("invoice", scopedNumber);

    /// <summary>One medium stands in one thing.</summary>
    /// <param name="handle">Of its serial number.</param>
    public static GuardKey Medium(string handle) => new("medium", handle);

    public static GuardKey Market(string code) => new("alias:market", code);

    /// <summary>What a market or station may do: no row for an open market; a station's term; or what stopped
    /// it.</summary>
    public static GuardKey SiteState(string code) => new("site", code);

    public static IEnumerable<GuardKey> Named(ItemCommand command, ItemHistory history, DateOnly lawDay)
    {
        var item = history.State;
        switch (command)
        {
            case RegisterItem register:
                foreach (var id in register.Identifiers)
                    yield return Alias(id.Identifier);
                break;
            case ListItem list:
                yield return Market(list.Market);
                yield return SiteState(list.Market);
                break;
            case DeclareMedia media:
                foreach (var serial in media.Media.Select(m => m.Serial).OfType<NamedIdentifier>())
                    yield return Medium(serial.Handle);
                break;
            case AttestWipe attest:
                foreach (var held in IncidentDecider.Holding(attest.Tool))
                    yield return held;
                break;
            case RemoveMedium removed when item?.Data.MediumOf(removed.MediumIx)?.Handle is { } handle:
                yield return Medium(handle);
                break;
            case DestroyMedium destroyed when item?.Data.MediumOf(destroyed.MediumIx)?.Handle is { } handle:
                yield return Medium(handle);
                break;
            case TagItem tag:
                yield return Alias(tag.Tag.Identifier);
                break;
            case MirrorListing mirror:
                yield return Market(mirror.Market);
                yield return SiteState(mirror.Market);
                break;
            case VoidInvoice voided
                when item?.Trade.Deal(voided.DealId) is { Seller: { } uncounted, InvoicedOn: { } invoicedOn }:
                yield return Cars(uncounted, invoicedOn.Year);
                break;
            case AddIdentifier add:
                yield return Alias(add.Identifier.Identifier);
                break;
            case ObserveFact fact:
                if (item is null && fact.Registration is { } registration)
                    foreach (var id in registration.Identifiers)
                        yield return Alias(id.Identifier);
                if (fact.Adds is { } added)
                    yield return Alias(added.Identifier);
                break;
            case RecordSale sale:
                if (item is null)
                    foreach (var id in sale.Registration.Identifiers)
                        yield return Alias(id.Identifier);
                if (sale.InvoiceNumber is { } number)
                    yield return Invoice(number);
                if (sale.Sale.Seller is { } seller)
                    yield return Cars(seller, lawDay.Year);
                break;
            case InvoiceDeal invoice:
                if (invoice.InvoiceNumber is { } invoiceNumber)
                    yield return Invoice(invoiceNumber);
                if (item?.Trade.Deal(invoice.DealId)?.Seller is { } invoiced)
                    yield return Cars(invoiced, lawDay.Year);
                break;
            case VoidEvent v
                when history.Events.FirstOrDefault(e => e.EventId == v.Target)?.Event is ItemMediaDeclared d:
                foreach (var handle in (d.Media ?? []).Select(m => m.Handle).OfType<string>())
                    yield return Medium(handle);
                break;
            case VoidEvent v when history.Events.FirstOrDefault(e => e.EventId == v.Target) is { } wrong:
                if (Correcting.Seller(wrong.Event, item).Seller is { } sold)
                    yield return Cars(sold, ShanghaiDay.Of(wrong.Envelope.OccurredAt).Year);
                break;
            case SubmitTransfer submit:
                yield return SiteState(submit.Station);
                break;
            case AgreeDeal agree when item?.Trade.Deal(agree.DealId)?.Seller is { } agreeing:
                yield return Cars(agreeing, lawDay.Year);
                break;
            case TransferOwnership transfer:
                if ((transfer.Station ?? item?.Trade.Deal(transfer.DealId)?.Station) is { } station)
                    yield return SiteState(station);
                if (item?.Trade.Deal(transfer.DealId)?.Seller is { } transferring)
                    yield return Cars(transferring, lawDay.Year);
                break;
        }
    }
}
