using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>A fact that another register reports. The first one of an unknown item registers it.</summary>
public sealed record ObserveFact(LedgerEvent Fact, RegisterItem? Registration) : ItemCommand
{
    /// <summary>The identifier that an <c>item-identifier-added</c> binds.</summary>
    public NamedIdentifier? Adds { get; init; }

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Fact = Fact.WithParties(map),
            Registration = (RegisterItem?)Registration?.WithParties(map),
        };

    public override ImmutableArray<Identifier> Texts =>
        TextsOf([.. Registration?.Identifiers ?? [], .. Adds is { } added ? [added] : Array.Empty<NamedIdentifier>()]);
}

/// <summary>One completed sale from a market's register.</summary>
public sealed record RecordSale(SaleRecorded Sale, string Market, RegisterItem Registration, string? InvoiceNumber)
    : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Sale = (SaleRecorded)Sale.WithParties(map),
            Registration = (RegisterItem)Registration.WithParties(map),
        };

    /// <summary>As a market's register tells it (contract.md §4).</summary>
    /// <param name="transferred">A day stays one: it is no instant.</param>
    /// <param name="invoiceNumber">Its number within the market.</param>
    public static RecordSale Reported(
        string market,
        RegisterItem registration,
        (PartyRef Seller, PartyKind? Kind) seller,
        (PartyRef Buyer, PartyKind? Kind) buyer,
        long priceFen,
        string currency,
        Moment agreed,
        Moment? transferred,
        TransferVia via,
        long? odometerKm,
        int? grade,
        string? wipeRef,
        string? invoiceNumber
    ) =>
        new(
            new SaleRecorded(
                seller.Seller,
                buyer.Buyer,
                seller.Kind,
                buyer.Kind,
                priceFen,
                currency,
                agreed.At,
                transferred?.At,
                via,
                odometerKm,
                grade,
                wipeRef
            )
            {
                Facts = transferred is { IsDay: true } on
                    ? Facts.Of([new(Trading.Sale.TransferredOn, on.ToString())])
                    : null,
            },
            market,
            registration,
            invoiceNumber is null ? null : $"{market}/{invoiceNumber}"
        );

    public override ImmutableArray<Identifier> Texts => Registration.Texts;

    public override ImmutableArray<VaultText> Secrets => Secret<SaleRecorded>("invoiceNo", InvoiceNumber);
}
