using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Credit;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Supervision;
using Ledger.Trading;

namespace Ledger;

/// <summary>A protected end, in words, and the events that are it.</summary>
/// <param name="Events">Their records.</param>
public sealed record ProtectedEndLine(ProtectedEnd End, string Zh, string En, ImmutableArray<Type> Events);

/// <summary>Every protected end with its events. A command that records one of them says so in its
/// <see cref="Permit"/>; <c>docs/roles.md</c> is written from both, and each cell is asked over HTTP.</summary>
public static class ProtectedEnds
{
    public static ImmutableArray<ProtectedEndLine> All { get; } =
    [
        new(
            ProtectedEnd.Ownership,
            "所有权转移",
            "Ownership passes",
            [typeof(OwnershipTransferred), typeof(SaleRecorded), typeof(ItemHandedOver)]
        ),
        new(
            ProtectedEnd.Stock,
            "库存出入",
            "Stock is taken in or let go",
            [typeof(StockTakenIn), typeof(StockReleased)]
        ),
        new(
            ProtectedEnd.Lien,
            "抵押变动",
            "A lien begins, ends or changes",
            [
                typeof(EncumbranceRegistered),
                typeof(EncumbranceReleased),
                typeof(EncumbranceExtended),
                typeof(LesseeChanged),
                typeof(LenderConsentGiven),
            ]
        ),
        new(ProtectedEnd.Hold, "查封变动", "A hold begins or ends", [typeof(HoldPlaced), typeof(HoldReleased)]),
        new(
            ProtectedEnd.Listing,
            "挂牌变动",
            "A listing begins, ends or changes",
            [
                typeof(ItemListed),
                typeof(ListingRepriced),
                typeof(ListingMirrored),
                typeof(ListingWithdrawn),
                typeof(ListingExpired),
                typeof(ListingVoided),
            ]
        ),
        new(
            ProtectedEnd.Deal,
            "交易变动",
            "A deal begins, goes on or ends",
            [
                typeof(DealOpened),
                typeof(DealAgreed),
                typeof(DealPaymentRecorded),
                typeof(DealInvoiced),
                typeof(InvoiceVoided),
                typeof(DealCancelled),
                typeof(DealRescinded),
                typeof(TransferSubmitted),
                typeof(TransferRefused),
                typeof(VehicleChecked),
            ]
        ),
        new(
            ProtectedEnd.Custody,
            "保管变动",
            "A thing comes into somebody's keeping",
            [typeof(ItemReceived), typeof(CustodyTransferred)]
        ),
        new(
            ProtectedEnd.Medium,
            "存储介质清除",
            "A medium becomes clear, or what says so is withdrawn",
            [
                typeof(WipeAttested),
                typeof(WipeVerified),
                typeof(WipeFailed),
                typeof(MediumDestroyed),
                typeof(MediumRemoved),
                typeof(WipeSuspended),
                typeof(WipeReinstated),
                typeof(WipeRevoked),
                typeof(RecoveryIncidentReported),
            ]
        ),
        new(
            ProtectedEnd.Border,
            "车辆出境",
            "A car leaves the country or comes back",
            [
                typeof(BatchDrafted),
                typeof(BatchItemAdded),
                typeof(BatchItemRemoved),
                typeof(ExportLicenceApplied),
                typeof(ExportLicenceGranted),
                typeof(ExportLicenceRefused),
                typeof(ExportLicenceReturned),
                typeof(ExportLicenceConsumed),
                typeof(CustomsDeclared),
                typeof(CustomsDeclarationWithdrawn),
                typeof(PreExportInspectionRecorded),
                typeof(AfterSaleConfirmationAttached),
                typeof(PendingExportAnnotated),
                typeof(PendingExportCancelled),
                typeof(ItemExported),
                typeof(ItemReimported),
                typeof(DestinationRegistered),
            ]
        ),
        new(
            ProtectedEnd.Inquiry,
            "事件、案件、投诉办结",
            "An incident, a case or a complaint is taken up or closed",
            [typeof(IncidentClosed), typeof(CaseOpened), typeof(CaseClosed), typeof(ComplaintSettled)]
        ),
        // Of every kind of fact there is a correction of its own.
        new(ProtectedEnd.Fact, "事实更正或作废", "A fact is corrected or voided", []),
        new(
            ProtectedEnd.Data,
            "个人数据查询与提供",
            "Somebody's data is read or disclosed, or may be",
            [
                typeof(CreditFileRead),
                typeof(RegisterQueryRecorded),
                typeof(BundleIssued),
                typeof(ConsentGiven),
                typeof(ConsentWithdrawn),
                typeof(WipeConsentGiven),
                typeof(CreditSignalShared),
                typeof(ObjectionFiled),
                typeof(ObjectionResolved),
                typeof(CreditRepaired),
                typeof(CreditSignalWithdrawn),
                typeof(CreditSignalExpired),
            ]
        ),
        new(
            ProtectedEnd.Standing,
            "市场、服务站、企业、机构资格",
            "A market, station, exporter, issuer or role opens, stops or goes on",
            [
                typeof(MarketOpened),
                typeof(MarketSuspended),
                typeof(MarketReinstated),
                typeof(MarketClosed),
                typeof(DeskStaffAssigned),
                typeof(DeskStaffRemoved),
                typeof(StationAuthorised),
                typeof(StationSuspended),
                typeof(ExporterFiled),
                typeof(ExporterApproved),
                typeof(ExporterSuspended),
                typeof(ExporterReinstated),
                typeof(ExporterRemoved),
                typeof(IssuerRegistered),
                typeof(IssuerSuspended),
                typeof(IssuerRevoked),
                typeof(PartyNamed),
                typeof(PartyRoleGranted),
                typeof(PartyRoleEnded),
                typeof(FirstRegulatorNamed),
                typeof(LicenceRecorded),
                typeof(LicenceEnded),
            ]
        ),
    ];

    static readonly FrozenDictionary<Type, ProtectedEnd> ByEvent = All.SelectMany(l =>
            l.Events.Select(e => KeyValuePair.Create(e, l.End))
        )
        .ToFrozenDictionary();

    /// <summary>The end that an event is; null: it is none.</summary>
    public static ProtectedEnd? Of(Type record) =>
        ByEvent.TryGetValue(record, out var end) ? end
        : typeof(ICorrection).IsAssignableFrom(record) ? ProtectedEnd.Fact
        : null;
}
