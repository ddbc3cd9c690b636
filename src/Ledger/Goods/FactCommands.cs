using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Something that somebody states of an item and that moves no deal; what would make it untrue refuses
/// it.</summary>
public abstract record FactCommand : GoodsCommand;

/// <summary>Asks to record an appraisal; refused where the appraiser is a party to the deal under way.</summary>
/// <param name="Appraiser">Who says so; no party to a deal that is under way.</param>
/// <param name="ValidUntil">Last day on which it may be relied on.</param>
/// <param name="AmountFen">In minor units of <paramref name="Currency"/>.</param>
public sealed record AppraiseItem(
    long AmountFen,
    string Currency,
    string Method,
    DateOnly? ValidUntil,
    PartyRef Appraiser
) : FactCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Appraiser = map(Appraiser) };
}

/// <summary>What a brand said is put right; the brand stays visible.</summary>
/// <param name="Evidence">Hash of what shows it.</param>
public sealed record ResolveBrand(Brand Brand, string How, string? Evidence) : FactCommand;

/// <summary>A periodic inspection (年检).</summary>
/// <param name="ValidUntil">Last day of its sticker.</param>
public sealed record RecordPeriodicInspection(string Kind, bool? Passed, DateOnly? ValidUntil, int? Cycle)
    : FactCommand;

/// <summary>Asks to record that a part was replaced; a reused part needs its source.</summary>
/// <param name="Source">Where a reused part comes from.</param>
/// <param name="MediumChanged">A medium that can hold data came or went: the media are declared anew.</param>
/// <param name="OldSerial">Kept in the vault, as <paramref name="NewSerial"/> is.</param>
public sealed record ReplacePart(
    string Part,
    PartOrigin Origin,
    string? Source,
    bool? MediumChanged,
    string? OldSerial = null,
    string? NewSerial = null
) : FactCommand
{
    public override ImmutableArray<VaultText> Secrets =>
        [.. Secret<PartReplaced>("oldSerial", OldSerial), .. Secret<PartReplaced>("newSerial", NewSerial)];
}

/// <summary>Asks to record that the item was refurbished; appliances and electronics need a safety test.</summary>
/// <param name="SafetyTest">Hash of the test's report.</param>
public sealed record RefurbishItem(string Level, ImmutableArray<string>? Parts, int? WarrantyMonths, string? SafetyTest)
    : FactCommand;

/// <summary>Asks to record the grade of a refurbished item; refused where a label says 再制造.</summary>
/// <param name="Labels">What the label says; 再制造 is another thing.</param>
public sealed record IssueRefurbGrade(string Grade, ImmutableArray<string>? Labels) : FactCommand;

/// <summary>Asks to record that a warranty begins; one that is shorter than the law asks is warned of.</summary>
public sealed record StartWarranty(int Months, long? Km, ImmutableArray<string>? Parts) : FactCommand;

/// <summary>Asks to record that the vehicle was entered in the register of vehicles.</summary>
/// <param name="Region">Division of the register, six digits.</param>
/// <param name="Plate">Kept in the vault, as <paramref name="CertificateNo"/> is.</param>
public sealed record RecordRegistration(
    RegistrationKind Kind,
    string? Region,
    string? Plate = null,
    string? CertificateNo = null
) : FactCommand
{
    public override ImmutableArray<VaultText> Secrets =>
        [
            .. Secret<RegistrationRecorded>("plate", Plate),
            .. Secret<RegistrationRecorded>("certificateNo", CertificateNo),
        ];
}

/// <summary>Asks to record that a paper of the item was lost.</summary>
public sealed record ReportDocumentLost(string Document) : FactCommand;

/// <summary>Asks to record that a paper of the item was issued again.</summary>
public sealed record ReportDocumentReissued(string Document) : FactCommand;

/// <summary>Asks to record that technical characteristics were changed, or that the item left traffic.</summary>
public sealed record AlterItem(string What, bool? WithdrawnFromTraffic) : FactCommand;

/// <summary>Its seller says that it was sold (出售申报).</summary>
/// <param name="SoldOn">Shanghai day.</param>
public sealed record DeclareSale(PartyRef? Buyer, DateOnly? SoldOn, PartyRef Seller) : FactCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Buyer = PartyRef.Map(Buyer, map),
            Seller = map(Seller),
        };
}

/// <summary>A device that may hold state secrets leaves trade for its authority.</summary>
/// <param name="DocHash">Hash of the authority's receipt.</param>
public sealed record DivertClassifiedDevice(string Authority, string? DocHash) : FactCommand;
