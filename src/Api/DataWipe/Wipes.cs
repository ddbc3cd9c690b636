using System.Collections.Immutable;
using Api.Hosting;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Api;

/// <summary>Media, consent, wipe, check.</summary>
static class Wipes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Data erasure");
        items
            .MapItemCommand<MediaBody>("/media", Declare)
            .Describe<DeclareMedia>(
                "Declare the media that can hold data",
                Examples.Media,
                "media-already-declared",
                "media-none-needs-reason",
                "medium-bound-elsewhere",
                "medium-twice"
            );
        items
            .MapItemCommand<WipeConsentBody>("/wipe-consents", Consent)
            .Describe<GiveWipeConsent>(
                "Record the owner's consent to the wiping",
                Examples.WipeConsent,
                "intake-closed",
                "medium-not-found",
                "not-the-owner"
            );
        items
            .MapItemCommand<WipeBody>("/wipes", Attest)
            .Describe<AttestWipe>(
                "Attest the wiping of one medium",
                Examples.Wipe,
                "consent-missing",
                "duration-not-plausible",
                "intake-closed",
                "level-not-supported-by-evidence",
                "medium-already-attested",
                "medium-not-found",
                "technique-not-for-medium"
            );
        items
            .MapItemCommand<WipeVerificationBody>("/wipe-verifications", Verify)
            .Describe<VerifyWipe>(
                "Verify a wipe, or record that it failed",
                Examples.WipeVerification,
                "attestation-not-found",
                "level-not-supported-by-evidence",
                "residue-found",
                "same-tool",
                "sample-too-small",
                "verifier-is-operator"
            );
        items
            .MapItemCommand<DestructionBody>(
                "/media/{ix}/destructions",
                i =>
                    new(
                        new DestroyMedium(
                            i.PathNumber("ix"),
                            i.Fields.Word<WipeTechnique>(i.Body.Technique, "technique"),
                            i.Fields.Hashes(i.Body.Photos, "photos") ?? [],
                            i.Fields.Number(i.Body.WeightGrams, "weightGrams", 1, 1_000_000_000)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<DestroyMedium>(
                "Record that a medium was destroyed",
                Examples.Destruction,
                "medium-not-found",
                "wrong-state"
            );
        items
            .MapItemCommand<RemovalBody>(
                "/media/{ix}/removals",
                i =>
                    new(new RemoveMedium(i.PathNumber("ix"), i.Fields.Party(i.Body.CustodyTo, "custodyTo")))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<RemoveMedium>(
                "Record that a medium was taken out",
                Examples.Removal,
                "custody-missing",
                "medium-not-found",
                "wrong-state"
            );
        items
            .MapItemCommand<UnlinkingBody>(
                "/account-unlinkings",
                i =>
                    new(
                        new UnlinkAccount(
                            i.Fields.Word<AccountKind>(i.Body.Kind, "kind"),
                            i.Fields.Hash(i.Body.Evidence, "evidence")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<UnlinkAccount>("Record that an account was unlinked", Examples.Unlinking);
    }

    static Plan Declare(Incoming<MediaBody> i)
    {
        var f = i.Fields;
        if (i.Body.Media.Count > Most)
            f.Number(i.Body.Media.Count, "media", 0, Most);
        var media = i
            .Body.Media.Take(Most)
            .Select(m => new MediumToDeclare(
                (int)f.Number(m.Ix, "media.ix", 0, 999),
                f.Word<MediumType>(m.Type, "media.type"),
                f.Number(m.CapacityBytes, "media.capacityBytes", 1, Bounds.MostBytes),
                Serial(m.Serial, f) is { } serial
                    ? i.Handles.Name(new Identifier("medium", PlainText.Normal(serial)))
                    : null
            ))
            .ToImmutableArray();
        return new(new DeclareMedia(media, f.Text(i.Body.NoneBecause, "noneBecause", 500)))
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }

    /// <summary>A firmware's filler names no medium: two would have it.</summary>
    static string? Serial(string? text, Fields f)
    {
        var serial = f.Text(text, "media.serial", 128);
        if (serial is not null && Placeholder.Is(serial))
            f.Add(Placeholder.Refused(serial).At("media.serial"));
        return serial;
    }

    /// <summary>No thing has more media.</summary>
    const int Most = 100;

    static Plan Consent(Incoming<WipeConsentBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        f.Number(b.Media.Count, "media", 1, Most);
        return new(
            new GiveWipeConsent(
                f.Id(b.IntakeId, "intakeId"),
                [.. b.Media.Take(Most)],
                f.Needed(b.Method, "method", 500),
                f.Needed(b.Effect, "effect", 500),
                f.Hash(b.TextHash, "textHash"),
                f.NeededParty(b.Subject, "subject")
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Attest(Incoming<WipeBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var id = i.NewId("wipe");
        return new(
            new AttestWipe(
                id,
                b.MediumIx,
                f.Id(b.IntakeId, "intakeId"),
                Evidence(b.Evidence, f),
                b.ClaimedLevel is { } level ? f.Word<WipeLevel>(level, "claimedLevel") : null,
                Tool(b.Tool, f),
                f.Instant(b.StartedAt, "startedAt") ?? default,
                f.Instant(b.FinishedAt, "finishedAt") ?? default,
                f.NeededParty(b.Operator, "operator"),
                f.Hashes(b.Docs, "docs") ?? []
            ),
            ("wipes", id)
        )
        {
            OccurredAt = b.OccurredAt ?? b.FinishedAt,
        };
    }

    static Plan Verify(Incoming<WipeVerificationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new VerifyWipe(
                f.Id(b.AttestationId, "attestationId"),
                Check(b.Check, f),
                Tool(b.Tool, f),
                f.NeededParty(b.Verifier, "verifier"),
                b.Accepted,
                f.Text(b.Reason, "reason", 500)
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static WipeEvidence Evidence(EvidenceBody b, Fields f) =>
        new(
            f.Word<WipeTechnique>(b.Technique, "evidence.technique"),
            f.Word<WipeResult>(b.Result, "evidence.result"),
            (int?)f.Number(b.Passes, "evidence.passes", 0, 100),
            f.Number(b.BytesAddressed, "evidence.bytesAddressed", 0, Bounds.MostBytes),
            b.Hidden is { } hidden
                ? new(
                    f.Word<HiddenArea>(hidden.Hpa, "evidence.hidden.hpa"),
                    f.Word<HiddenArea>(hidden.Dco, "evidence.hidden.dco"),
                    f.Word<HiddenArea>(hidden.Ama, "evidence.hidden.ama")
                )
                : null,
            f.Number(b.Unreached, "evidence.unreached", 0, Bounds.MostBytes),
            b.EncryptedSinceFirstUse is { } known ? f.Word<Known>(known, "evidence.encryptedSinceFirstUse") : null,
            b.Check is { } check ? Check(check, f) : null
        );

    static WipeCheck Check(CheckBody b, Fields f) =>
        new(
            f.Word<CheckMethod>(b.Method, "check.method"),
            f.Number(b.Sampled, "check.sampled", 0, Bounds.MostBytes),
            f.Number(b.Total, "check.total", 0, Bounds.MostBytes),
            f.Number(b.Residues, "check.residues", 0, Bounds.MostBytes)
        );

    static WipeTool Tool(ToolBody b, Fields f) =>
        new(f.Needed(b.Name, "tool.name"), f.Needed(b.Version, "tool.version"), f.Hash(b.Sha256, "tool.sha256"));
}
