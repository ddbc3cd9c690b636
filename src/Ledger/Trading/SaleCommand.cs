using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Trading;

/// <summary>One completed sale from a market's register.</summary>
public sealed record RecordSale(SaleRecorded Sale, string Market, RegisterItem Registration, string? InvoiceNumber)
    : ObservedCommand
{
    public override RegisterItem? Named => Registration;

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
                    ? ExtraFields.Of([new(Trading.Sale.TransferredOn, on.ToString())])
                    : null,
            },
            market,
            registration,
            invoiceNumber is null ? null : $"{market}/{invoiceNumber}"
        );

    public override ImmutableArray<Identifier> Texts => Registration.Texts;

    public override ImmutableArray<VaultText> Secrets => Secret<SaleRecorded>("invoiceNo", InvoiceNumber);
}
