using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>The media in a thing that can hold somebody's data, or why there are none.</summary>
public sealed record ItemMediaDeclared(ImmutableArray<DeclaredMedium>? Media = null, string? NoneBecause = null)
    : LedgerEvent;

/// <summary>A medium as it was declared.</summary>
/// <param name="Ix">Number of the medium within the item, from 0.</param>
/// <param name="Handle">Handle of its serial number, base64url; the number itself lies in the vault.</param>
public sealed record DeclaredMedium(int Ix, MediumType Type, long? CapacityBytes = null, string? Handle = null);

/// <summary>The owner agrees that these media are wiped: told how, and what it does.</summary>
/// <param name="TextHash">Hash of the text that was agreed to.</param>
public sealed record WipeConsentGiven(
    Guid? IntakeId,
    ImmutableArray<int>? Media = null,
    string? Method = null,
    string? Effect = null,
    string? TextHash = null,
    PartyRef? Subject = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Subject = PartyRef.Map(Subject, map),
        };
}

/// <summary>A medium was wiped. The level is what the evidence carries, never what somebody claims (proof.md
/// §8).</summary>
/// <param name="Docs">Hashes of the tool's reports; without one the level is none.</param>
public sealed record WipeAttested(
    Guid? AttestationId,
    int? MediumIx,
    Guid? IntakeId = null,
    WipeEvidence? Evidence = null,
    WipeTool? Tool = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    PartyRef? Operator = null,
    ImmutableArray<string>? Docs = null,
    [property: LedgerDerived] WipeLevel? Level = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Operator = PartyRef.Map(Operator, map),
        };
}

/// <summary>Somebody else, with another tool, read back and found nothing.</summary>
/// <param name="Level">With this check, what the evidence carries.</param>
public sealed record WipeVerified(
    Guid? AttestationId,
    WipeCheck? Check = null,
    WipeTool? Tool = null,
    PartyRef? Verifier = null,
    [property: LedgerDerived] WipeLevel? Level = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Verifier = PartyRef.Map(Verifier, map),
        };
}

/// <summary>The check found residues, or could not be done: the medium is as it was before.</summary>
public sealed record WipeFailed(
    Guid? AttestationId,
    WipeCheck? Check = null,
    WipeTool? Tool = null,
    PartyRef? Verifier = null,
    string? Reason = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Verifier = PartyRef.Map(Verifier, map),
        };
}

/// <summary>A medium was destroyed: with an accepted technique, photos and its weight it is gone.</summary>
/// <param name="Level"><c>destruct</c> where the technique is accepted; else the medium stays what it was.</param>
/// <param name="Photos">Hashes of photos.</param>
public sealed record MediumDestroyed(
    int? MediumIx,
    WipeTechnique? Technique = null,
    ImmutableArray<string>? Photos = null,
    long? WeightGrams = null,
    [property: LedgerDerived] WipeLevel? Level = null
) : LedgerEvent;

/// <summary>The medium left the thing; somebody keeps it.</summary>
public sealed record MediumRemoved(int? MediumIx, PartyRef? CustodyTo = null) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            CustodyTo = PartyRef.Map(CustodyTo, map),
        };
}

/// <summary>The item was unlinked from an account of its owner; an intake after a change of owner clears
/// this.</summary>
/// <param name="Evidence">Hash of what shows it.</param>
public sealed record AccountUnlinked(AccountKind? Kind, string? Evidence = null) : LedgerEvent;

/// <summary>How a medium was wiped and how much of it was reached: the level follows from it (rules.md §3.1).</summary>
/// <param name="Passes">Of an overwrite.</param>
/// <param name="BytesAddressed">How many bytes the technique reached.</param>
/// <param name="Unreached">Blocks it could not reach.</param>
/// <param name="Check">The operator's own check; the verifier's stands in its own event.</param>
/// <param name="EncryptedSinceFirstUse">Asked where the technique discards a key.</param>
public sealed record WipeEvidence(
    WipeTechnique Technique,
    WipeResult Result,
    int? Passes = null,
    long? BytesAddressed = null,
    HiddenAreas? Hidden = null,
    long? Unreached = null,
    Known? EncryptedSinceFirstUse = null,
    WipeCheck? Check = null
);

/// <summary>Areas that a disk hides from its host: host protected area, device configuration overlay, accessible max
/// address.</summary>
public sealed record HiddenAreas(HiddenArea Hpa, HiddenArea Dco, HiddenArea Ama);

/// <summary>How a medium was read back after a wipe, and what was found.</summary>
/// <param name="Sampled">Blocks that were read.</param>
/// <param name="Total">Blocks that there are.</param>
/// <param name="Residues">Blocks with something left in them.</param>
public sealed record WipeCheck(CheckMethod Method, long? Sampled = null, long? Total = null, long? Residues = null);

/// <summary>The program that wiped a medium or read it back.</summary>
/// <param name="Sha256">Of the program, hex; where it is known.</param>
public sealed record WipeTool(string Name, string Version, string? Sha256 = null)
{
    /// <summary>The same program and version, however they are written: <c>Cleaner v1.0</c> is <c>cleaner 1.0.0</c>; or
    /// the same file under another name.</summary>
    public bool IsSame(WipeTool other) =>
        Sha256 is { } hash && hash == other.Sha256
        || PlainText.LettersAndDigits(Name) == PlainText.LettersAndDigits(other.Name)
            && VersionOf(this) == VersionOf(other);

    static string VersionOf(WipeTool tool)
    {
        var text = tool.Version.Normalize(System.Text.NormalizationForm.FormKC).Trim().TrimStart('v', 'V', '.');
        while (text.EndsWith(".0", StringComparison.Ordinal))
            text = text[..^2];
        return text.ToUpperInvariant();
    }
}

/// <summary>Kind of medium; techniques and their levels go by it (rules.md §3.1).</summary>
public enum MediumType
{
    Hdd,
    SsdSata,
    Nvme,
    Emmc,
    Ufs,
    SdCard,
    Embedded,

    /// <summary>Storage of a car's infotainment system.</summary>
    Infotainment,

    /// <summary>A key of a vehicle.</summary>
    Key,
    Dashcam,
}

/// <summary>How data was removed from a medium; what each is worth: rules.md §3.1.</summary>
public enum WipeTechnique
{
    Overwrite,
    AtaSecureErase,
    AtaSecureEraseEnhanced,

    /// <summary>The medium overwrites itself.</summary>
    SanitizeOverwrite,

    /// <summary>The medium erases its blocks itself.</summary>
    SanitizeBlock,

    /// <summary>The medium discards the key that its data is encrypted with.</summary>
    SanitizeCrypto,
    NvmeSanitize,

    /// <summary>Format of an NVMe medium with its secure erase setting.</summary>
    NvmeFormatSes,

    /// <summary>A TCG Opal medium is reverted: it discards its key.</summary>
    OpalRevert,
    EmmcSanitize,
    UfsPurge,
    Degauss,
    Shred,
    Disintegrate,
    Melt,
    Pulverise,
    Incinerate,

    /// <summary>The device's own reset; it carries no level.</summary>
    FactoryReset,
}

/// <summary>NIST SP 800-88; in rising order.</summary>
public enum WipeLevel
{
    None,
    Clear,
    Purge,
    Destruct,
}

/// <summary>How the run ended, by the tool's report; only <c>ok</c> carries a level.</summary>
public enum WipeResult
{
    Ok,

    /// <summary>It ended, and its report names exceptions.</summary>
    Exceptions,
    Failed,
}

/// <summary>What became of an area that a medium hides from its host; unknown takes one level off (rules.md
/// §3.1).</summary>
public enum HiddenArea
{
    Absent,
    Cleared,
    Unknown,
}

/// <summary>Yes, no, or nobody knows, which counts as no.</summary>
public enum Known
{
    Yes,
    No,
    Unknown,
}

/// <summary>How a medium was read back: every block, a sample, or not at all.</summary>
public enum CheckMethod
{
    Full,
    Sampled,
    None,
}

/// <summary>What ties an item to an account of its owner.</summary>
public enum AccountKind
{
    ActivationLock,
    Cloud,
    DigitalKey,
    VehicleApp,
}

/// <summary>A device that bears the mark 涉密 goes to its authority, never to the market.</summary>
/// <param name="DocHash">Hash of the receipt.</param>
public sealed record ClassifiedDeviceDiverted(string? Authority, string? DocHash = null) : LedgerEvent;

/// <summary>Catalogue lines of media, consents, wipes and checks; <see cref="EventCatalog"/> gathers them.</summary>
public static class WipeEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        .. Twin.Of<ItemMediaDeclared>("item-media-declared", "存储介质申报", "Media declared"),
        ItemEvents.Of<WipeConsentGiven>("wipe-consent-given", "清除授权", "Consent to wipe"),
        ItemEvents.Of<WipeAttested>("wipe-attested", "数据清除", "Wiped"),
        ItemEvents.Of<WipeVerified>("wipe-verified", "清除验证通过", "Wipe verified"),
        ItemEvents.Of<WipeFailed>("wipe-failed", "清除验证未通过", "Wipe failed"),
        ItemEvents.Of<MediumDestroyed>("medium-destroyed", "介质销毁", "Medium destroyed"),
        ItemEvents.Of<MediumRemoved>("medium-removed", "介质拆除", "Medium removed"),
        ItemEvents.Of<AccountUnlinked>("account-unlinked", "账号解绑", "Account unlinked"),
        ItemEvents.Of<ClassifiedDeviceDiverted>("classified-device-diverted", "涉密设备移送", "Classified, diverted"),
    ];
}
