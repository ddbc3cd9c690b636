using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.DataWipe;

/// <summary>Media, consent, wipe, check. What a wipe is worth follows from its evidence; that it is worth something,
/// somebody else has to find.</summary>
static class WipeDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<WipeCommand>((c, history, s) => Decide(c, history.State!, s), WipeReservations.Of);

    static Decision Decide(WipeCommand command, Item item, Situation s) =>
        command switch
        {
            DeclareMedia c => Declare(c, item, s),
            GiveWipeConsent c => Consent(c, item, s),
            AttestWipe c => Attest(c, item, s),
            VerifyWipe c => Verify(c, item, s),
            DestroyMedium c => Destroy(c, item, s),
            RemoveMedium c => Remove(c, item, s),
            UnlinkAccount when NotHis(item, s) => Decision.Refuse(new Refusal("not-the-owner")),
            UnlinkAccount c when item.Data.Unlinked.Contains(c.Kind) => Decision.Record(),
            UnlinkAccount c => Decision.Record(new AccountUnlinked(c.Kind, c.Evidence)),
            SuspendWipe c => IncidentReach.Decide(c, item),
            SettleWipe c => IncidentReach.Decide(c, item),
            _ => throw new UnknownCommandException(command),
        };

    /// <summary>A person speaks of his own things only.</summary>
    static bool NotHis(Item item, Situation s) => item.Owner.Party is { } owner && s.IsForAnother(Roles.Con, owner);

    static Decision Declare(DeclareMedia c, Item item, Situation s)
    {
        if (item.Data.Media is not null)
            return Decision.Refuse(
                new Refusal("media-already-declared") { CurrentState = WireWords.Of(item.Data.State) }
            );
        var declared = new ItemMediaDeclared(
            [.. c.Media.Select(m => new DeclaredMedium(m.Ix, m.Type, m.CapacityBytes, m.Serial?.Handle))],
            c.NoneBecause
        );
        if (Flaws(declared) is { IsEmpty: false } flaws)
            return Decision.Refuse(flaws);
        var reservations = ImmutableArray.CreateBuilder<ReservationChange>();
        foreach (var serial in c.Media.Select(m => m.Serial).OfType<Kernel.Identifiers.NamedIdentifier>())
        {
            var key = WipeReservations.Medium(serial.Handle);
            if (s.ReservationOf(key) is { } holder && holder != item.Id.ToString())
                return Decision.Refuse(Refusal.Of("medium-bound-elsewhere", ("value", serial.Identifier)).At("media"));
            reservations.Add(new(key, s.ReservationOf(key), item.Id.ToString()));
        }
        return Decision.Record(declared).Taking(reservations.ToImmutable());
    }

    /// <summary>What is wrong with a list of media, whether it is new or a correction.</summary>
    internal static ImmutableArray<Refusal> Flaws(ItemMediaDeclared declared)
    {
        var media = declared.Media is { IsDefault: false } given ? given : [];
        if (media.IsEmpty && declared.NoneBecause is null)
            return [new Refusal("media-none-needs-reason").At("noneBecause")];
        return media.GroupBy(m => m.Ix).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? [Refusal.Of("medium-twice", ("value", twice.Key)).At("media")]
            : [];
    }

    static Decision Consent(GiveWipeConsent c, Item item, Situation s)
    {
        if (Closed(item, c.IntakeId) is { } closed)
            return Decision.Refuse(closed);
        if (c.Media.Where(ix => item.Data.MediumOf(ix) is null).Cast<int?>().FirstOrDefault() is { } unknown)
            return Decision.Refuse(Unknown(unknown).At("media"));
        // A desk records whose consent it saw; a person gives his own.
        if (item.Owner.IsNot(c.Subject) || s.IsForAnother(Roles.Con, c.Subject))
            return Decision.Refuse(new Refusal("not-the-owner") { BlockingEvent = item.LastEvent }.At("subject"));
        return Decision.Record(new WipeConsentGiven(c.IntakeId, c.Media, c.Method, c.Effect, c.TextHash, c.Subject));
    }

    static Decision Attest(AttestWipe c, Item item, Situation s)
    {
        if (Closed(item, c.IntakeId) is { } closed)
            return Decision.Refuse(closed);
        if (item.Data.MediumOf(c.MediumIx) is not { } medium)
            return Decision.Refuse(Unknown(c.MediumIx).At("mediumIx"));
        if (medium.State is DataState.Gone)
            return Decision.Refuse(WrongState(medium));
        // A wipe that is said to end later would escape an incident that ends before it.
        if (c.FinishedAt > s.OccurredAt)
            return Decision.Refuse(Before("occurredAt", s.OccurredAt, c.FinishedAt));
        var held = IncidentDecider.Holding(c.Tool);
        if (held.FirstOrDefault(key => s.ReservationOf(key) is not null) is { } key)
            return Decision.Refuse(
                Refusal.Of("tool-under-incident", ("tool", key.Text), ("incident", s.ReservationOf(key))).At("tool")
            );
        var run = WipeReservations.Run(c.Tool, c.FinishedAt);
        var reports = WipeReservations.Reports(c.Docs);
        var consent = item
            .Data.Consents.Where(k => k.IntakeId == c.IntakeId && k.Media.Contains(c.MediumIx))
            .Select(k => (long?)k.At.ToUnixTimeMilliseconds())
            .Min();
        var facts = Evidence(c.Evidence, medium, c.Evidence.Check, !c.Docs.IsEmpty)
            .And("claimed", c.Claimed is { } claimed ? WireWords.Of(claimed) : null)
            .And("startedAtMs", c.StartedAt.ToUnixTimeMilliseconds())
            .And("consentAtMs", consent)
            .And("durationMs", (long)(c.FinishedAt - c.StartedAt).TotalMilliseconds)
            .And("liveAttestation", item.Data.Live(c.MediumIx, c.IntakeId) is not null)
            .And("reportOfAnotherRun", reports.Any(r => s.ReservationOf(r) is { } other && other != run));
        return Decision
            .Record(
                new WipeAttested(
                    c.AttestationId,
                    c.MediumIx,
                    c.IntakeId,
                    c.Evidence,
                    c.Tool,
                    c.StartedAt,
                    c.FinishedAt,
                    c.Operator,
                    c.Docs,
                    Level(facts, s)
                )
            )
            .Taking([
                .. reports.Where(r => s.ReservationOf(r) is null).Select(r => new ReservationChange(r, null, run)),
            ])
            .WithVerdicts(s.Rules.Judge(Trigger.AttestWipe, item.Category, s.Jurisdiction, s.LawDay, facts));
    }

    static Decision Verify(VerifyWipe c, Item item, Situation s)
    {
        if (item.Data.Of(c.AttestationId) is not { } attestation)
            return IncidentReach.Unknown(c.AttestationId);
        if (attestation.State is not AttestationState.Attested)
            return IncidentReach.WrongState(attestation);
        // What another register attested without saying how, with what and by whom: nothing can be built on it.
        if (
            item.Data.MediumOf(attestation.MediumIx) is not { } medium
            || attestation is not { Evidence: { } evidence, Tool: { } tool, Operator: { } wiper }
        )
            return Decision.Refuse(
                Refusal.Of("level-not-supported-by-evidence", ("claimed", "clear"), ("derived", "none")) with
                {
                    BlockingEvent = attestation.Event,
                }
            );
        if (medium.RestsOn != attestation.Id)
            return Decision.Refuse(WrongState(medium));
        if (s.OccurredAt < attestation.At)
            return Decision.Refuse(Before("occurredAt", s.OccurredAt, attestation.At));
        var facts = Evidence(evidence, medium, c.Check, attestation.HasLog)
            .And("sampledBlocks", c.Check.Sampled)
            .And("totalBlocks", c.Check.Total)
            .And("verifierIsOperator", c.Verifier == wiper || s.By.Actor == attestation.ActedBy)
            .And("sameTool", tool.IsSame(c.Tool));
        var level = Level(facts, s);
        // A failure is recorded whatever else is wrong with the check: the medium must not pass for wiped.
        if (!c.Accepted)
            return Decision.Record(new WipeFailed(c.AttestationId, c.Check, c.Tool, c.Verifier, c.Reason));
        // A check that read nothing found nothing: it says how much it read and what it found.
        if (c.Check is { Method: CheckMethod.None } or { Sampled: null } or { Total: null } or { Residues: null })
            return Decision.Refuse(
                Refusal.Of("value-missing", ("name", "check.sampled, check.total, check.residues")).At("check")
            );
        if (c.Check.Residues > 0)
            return Decision.Refuse(Refusal.Of("residue-found", ("residues", c.Check.Residues)).At("check"));
        if (level is WipeLevel.None)
            return Decision.Refuse(
                Refusal.Of("wipe-carries-nothing", ("missing", Lacking(facts, s))) with
                {
                    BlockingEvent = attestation.Event,
                }
            );
        return Decision
            .Record(new WipeVerified(c.AttestationId, c.Check, c.Tool, c.Verifier, level))
            .WithVerdicts(s.Rules.Judge(Trigger.VerifyWipe, item.Category, s.Jurisdiction, s.LawDay, facts));
    }

    static Decision Destroy(DestroyMedium c, Item item, Situation s)
    {
        if (item.Data.MediumOf(c.MediumIx) is not { } medium)
            return Decision.Refuse(Unknown(c.MediumIx));
        if (medium.State is DataState.Gone)
            return Decision.Refuse(WrongState(medium));
        var facts = Inputs
            .None.And("medium", WireWords.Of(medium.Type))
            .And("technique", WireWords.Of(c.Technique))
            .And("result", "ok")
            .And("toolLog", !c.Photos.IsEmpty && c.WeightGrams is not null);
        var level = Level(facts, s) is WipeLevel.Destruct ? WipeLevel.Destruct : WipeLevel.None;
        var judged = Inputs.None.And("notAccepted", level is WipeLevel.None);
        return Decision
            .Record(new MediumDestroyed(c.MediumIx, c.Technique, c.Photos, c.WeightGrams, level))
            .Taking(level is WipeLevel.Destruct ? Freed(medium.Handle, item.Id, s) : [])
            .WithVerdicts(s.Rules.Judge(Trigger.DestroyMedium, item.Category, s.Jurisdiction, s.LawDay, judged));
    }

    static Decision Remove(RemoveMedium c, Item item, Situation s) =>
        item.Data.MediumOf(c.MediumIx) is not { } medium ? Decision.Refuse(Unknown(c.MediumIx))
        : medium.State is DataState.Gone ? Decision.Refuse(WrongState(medium))
        : c.CustodyTo is null ? Decision.Refuse(new Refusal("custody-missing").At("custodyTo"))
        : Decision.Record(new MediumRemoved(c.MediumIx, c.CustodyTo)).Taking(Freed(medium.Handle, item.Id, s));

    /// <summary>A medium that is gone may turn up in another thing.</summary>
    static ImmutableArray<ReservationChange> Freed(string? handle, Guid item, Situation s) =>
        handle is not null && WipeReservations.Freed(handle, item).Change(s) is { } change ? [change] : [];

    /// <summary>What the rules ask of a wipe, in their words.</summary>
    static Inputs Evidence(WipeEvidence evidence, Medium medium, WipeCheck? check, bool toolLog) =>
        Inputs
            .None.And("medium", WireWords.Of(medium.Type))
            .And("technique", WireWords.Of(evidence.Technique))
            .And("result", WireWords.Of(evidence.Result))
            .And("toolLog", toolLog)
            .And("bytesAddressed", evidence.BytesAddressed)
            .And("capacityBytes", medium.CapacityBytes)
            .And("unreached", evidence.Unreached)
            .And(
                "hiddenUnknown",
                evidence.Hidden is { } hidden
                    ? hidden
                        is { Hpa: HiddenArea.Unknown }
                            or { Dco: HiddenArea.Unknown }
                            or { Ama: HiddenArea.Unknown }
                    : null
            )
            .And("encryptedSinceFirstUse", evidence.EncryptedSinceFirstUse is { } known ? WireWords.Of(known) : null)
            .And("check", check is null ? null : WireWords.Of(check.Method))
            .And("residues", check?.Residues);

    /// <summary>By the table of the rule that binds on the day; none where no table does.</summary>
    static WipeLevel Level(Inputs facts, Situation s) =>
        s.Rules.InForce("wipe-level-derived", s.LawDay) is { } rule
        && WireWords.TryRead<WipeLevel>(WipeEvaluators.Level(rule, facts), out var level)
            ? level
            : WipeLevel.None;

    /// <summary>What of the evidence is missing, or wrong, where it carries no level.</summary>
    static string Lacking(Inputs facts, Situation s) =>
        s.Rules.InForce("wipe-level-derived", s.LawDay) is { } rule
            ? string.Join(", ", WipeEvaluators.Lacking(rule, facts))
            : "–";

    static Refusal Before(string name, DateTimeOffset value, DateTimeOffset least) =>
        Refusal
            .Of(
                "value-malformed",
                ("name", name),
                ("value", Instants.Text(value)),
                ("expected", $"not before {Instants.Text(least)}")
            )
            .At(name);

    static Refusal? Closed(Item item, Guid intake) =>
        item.Custody.Open?.Id == intake
            ? null
            : Refusal.Of("intake-closed", ("value", intake)).At("intakeId") with
            {
                BlockingEvent = item.Custody.Intake?.Event,
            };

    static Refusal WrongState(Medium medium) =>
        new("wrong-state") { CurrentState = WireWords.Of(medium.State), BlockingEvent = medium.Event };

    static Refusal Unknown(int ix) => Refusal.Of("medium-not-found", ("value", ix));
}
