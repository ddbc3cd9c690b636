using System.Collections.Immutable;
using System.Globalization;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Parties;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Which guard rows a command must see before it is decided (domain.md §7).</summary>
public static class ItemGuards
{
    public static GuardKey Alias(Identifier identifier) => new($"alias:{identifier.Kind}", identifier.Value);

    public static GuardKey Cars(PartyRef party, int year) =>
        new("cars", $"{party}:{year.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Sold by a person who did not say since when the car was his.</summary>
    public static GuardKey CarsUndated(PartyRef party, int year) =>
        new("cars-undated", $"{party}:{year.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Only cars are counted: other goods read no row.</summary>
    static IEnumerable<GuardKey> CarRows(string? category, PartyRef party, int year) =>
        category == Categories.UsedCars.Category.Code ? [Cars(party, year), CarsUndated(party, year)] : [];

    public static GuardKey Invoice(string scopedNumber) => new("invoice", scopedNumber);

    /// <summary>One medium stands in one thing.</summary>
    /// <param name="handle">Of its serial number.</param>
    public static GuardKey Medium(string handle) => new("medium", handle);

    /// <summary>A tool's report speaks of the run that made it.</summary>
    /// <param name="hashes">Of the reports.</param>
    public static ImmutableArray<GuardKey> Reports(ImmutableArray<string> hashes) =>
        [.. hashes.Distinct().Select(hash => new GuardKey("wipe-report", hash))];

    /// <summary>One run of a tool may report on many devices: its report is of its day.</summary>
    public static string Run(WipeTool tool, DateTimeOffset finishedAt) =>
        $"{tool.Name}/{Instants.Text(ShanghaiDay.Of(finishedAt))}";

    public static GuardKey Accreditation(string number) => LicenceTerms.Row(LicenceKind.Accreditation, number);

    public static GuardKey Market(string code) => new("alias:market", code);

    /// <summary>What a market or station may do: no row for an open market; a station's term; or what stopped
    /// it.</summary>
    public static GuardKey SiteState(string code) => new("site", code);

    /// <summary>Rows of the identifiers that a thing does not bear yet.</summary>
    static IEnumerable<GuardKey> Further(RegisterItem? named, Item? item) =>
        (named?.Identifiers ?? [])
            .Where(id => item is null || !item.Identifiers.Contains(id.Ref))
            .Select(id => Alias(id.Identifier));

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
                foreach (var row in IncidentDecider.Holding(attest.Tool).Concat(Reports(attest.Docs)))
                    yield return row;
                break;
            case RemoveMedium removed when item?.Data.MediumOf(removed.MediumIx)?.Handle is { } handle:
                yield return Medium(handle);
                break;
            case DestroyMedium destroyed when item?.Data.MediumOf(destroyed.MediumIx)?.Handle is { } handle:
                yield return Medium(handle);
                break;
            case InspectItem { Accreditation: { } inspector }:
                yield return Accreditation(inspector);
                break;
            case InspectForExport { Accreditation: { } inspector }:
                yield return Accreditation(inspector);
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
                foreach (var row in CarRows(item.Category, uncounted, invoicedOn.Year))
                    yield return row;
                break;
            case AddIdentifier add:
                yield return Alias(add.Identifier.Identifier);
                break;
            case ObserveFact fact:
                foreach (var row in Further(fact.Registration, item))
                    yield return row;
                if (fact.Adds is { } added)
                    yield return Alias(added.Identifier);
                // A sale that another register reports counts nowhere, but it is judged by what its seller has sold.
                if (fact.Fact is SaleRecorded { Seller: { } reported })
                    foreach (var row in CarRows(item?.Category ?? fact.Registration?.Category, reported, lawDay.Year))
                        yield return row;
                break;
            case RecordSale sale:
                foreach (var row in Further(sale.Registration, item))
                    yield return row;
                if (sale.InvoiceNumber is { } number)
                    yield return Invoice(number);
                if (sale.Sale.Seller is { } seller)
                    foreach (var row in CarRows(sale.Registration.Category, seller, lawDay.Year))
                        yield return row;
                break;
            case InvoiceDeal invoice:
                if (invoice.InvoiceNumber is { } invoiceNumber)
                    yield return Invoice(invoiceNumber);
                if (item?.Trade.Deal(invoice.DealId)?.Seller is { } invoiced)
                    foreach (var row in CarRows(item.Category, invoiced, lawDay.Year))
                        yield return row;
                break;
            case VoidEvent v
                when history.Events.FirstOrDefault(e => e.EventId == v.Target)?.Event is ItemMediaDeclared d:
                foreach (var handle in (d.Media ?? []).Select(m => m.Handle).OfType<string>())
                    yield return Medium(handle);
                break;
            case VoidEvent v when history.Events.FirstOrDefault(e => e.EventId == v.Target) is { } wrong:
                if (Correcting.Seller(wrong.Event, item).Seller is { } sold)
                    foreach (var row in CarRows(item?.Category, sold, wrong.Envelope.When.Day.Year))
                        yield return row;
                break;
            case SubmitTransfer submit:
                yield return SiteState(submit.Station);
                break;
            case OpenDeal when item?.Trade.OfferedIn is { } offered:
                yield return SiteState(offered);
                break;
            case AgreeDeal agree when item is not null:
                if (item.Trade.OfferedIn is { } dealt)
                    yield return SiteState(dealt);
                if (item.Trade.Deal(agree.DealId)?.Seller is { } agreeing)
                    foreach (var row in CarRows(item.Category, agreeing, lawDay.Year))
                        yield return row;
                break;
            case TransferOwnership transfer:
                if ((transfer.Station ?? item?.Trade.Deal(transfer.DealId)?.Station) is { } station)
                    yield return SiteState(station);
                if (item?.Trade.Deal(transfer.DealId)?.Seller is { } transferring)
                    foreach (var row in CarRows(item.Category, transferring, lawDay.Year))
                        yield return row;
                break;
        }
    }
}
