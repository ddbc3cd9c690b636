using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>Reports and closes incidents. A tool that is named is held at once: no wipe is attested with it while the
/// incident is open.</summary>
public static class IncidentDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<IncidentCommand, Incident?>(
            WipeStreams.Incident,
            (c, _) => c.Incident,
            Incident.Fold,
            (c, incident) =>
                c is ReportIncident r ? Tools(Reported(r))
                : incident is null ? []
                : Holders(incident.Reported),
            (c, _, incident, s) => Decide(c, incident, s)
        );

    public static Decision Decide(IncidentCommand c, Incident? incident, Situation s) =>
        c switch
        {
            ReportIncident r => Report(Reported(r), s),
            CloseIncident x => incident is null
                ? Decision.Refuse(Refusal.Of("incident-not-found", ("value", x.Incident)))
                : Close(x, incident, s),
            _ => throw new UnknownCommandException(c),
        };

    static RecoveryIncidentReported Reported(ReportIncident r) =>
        new(r.Incident, r.Tool, r.Versions, r.Site, r.From, r.To, r.Finding, r.Severity, r.Operator);

    static Decision Report(RecoveryIncidentReported e, Situation s)
    {
        if (e is { Tool: null, Site: null, Operator: null })
            return Decision.Refuse(new Refusal("scope-empty").At("tool"));
        if (e is { From: { } from, To: { } to } && to < from)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "to"),
                        ("value", Instants.Text(to)),
                        ("expected", $"not before {Instants.Text(from)}")
                    )
                    .At("to")
            );
        return Decision
            .Record(e)
            .Taking([
                .. Tools(e)
                    .Select(key =>
                        s.ReservationOf(key) is { } others
                            ? new ReservationChange(key, others, $"{others} {e.IncidentId}")
                            : new ReservationChange(key, null, $"{e.IncidentId}")
                    ),
            ]);
    }

    static Decision Close(CloseIncident c, Incident incident, Situation s) =>
        s.Self.Is(incident.Reported.Operator) || s.By.Actor == incident.Reported.Site
            ? Decision.Refuse(new Refusal("own-affair"))
        : incident.Outcome is not null ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "closed" })
        : Decision
            .Record(new IncidentClosed(c.Incident, c.Outcome, c.Finding))
            .Taking([
                .. Holders(incident.Reported)
                    .Where(key => s.ReservationOf(key) is not null)
                    .Select(key => new ReservationChange(
                        key,
                        s.ReservationOf(key),
                        ReservationStep.Without(s.ReservationOf(key), $"{incident.Id}")
                    )),
            ]);

    /// <summary>The rows that hold the tools of an incident: each names every open incident of its tool.</summary>
    public static IEnumerable<ReservationKey> Tools(RecoveryIncidentReported e) =>
        e.Tool is { } tool ? VersionsOf(e).Select(v => Tool(tool, v)) : [];

    /// <summary>The same, and where versions up to 179ed00 put them.</summary>
    public static IEnumerable<ReservationKey> Holders(RecoveryIncidentReported e) =>
        Tools(e).Concat(e.Tool is { } tool ? VersionsOf(e).SelectMany(v => OfThen(tool, v)) : []);

    /// <summary>The rows that may hold a tool.</summary>
    public static ImmutableArray<ReservationKey> Holding(WipeTool tool) =>
        [
            .. ((string[])[tool.Version, AnyVersion]).SelectMany<string, ReservationKey>(v =>
                [Tool(tool.Name, v), .. OfThen(tool.Name, v)]
            ),
        ];

    const string AnyVersion = "*";

    static IEnumerable<string> VersionsOf(RecoveryIncidentReported e) =>
        e.Versions is { IsDefaultOrEmpty: false } versions ? versions : [AnyVersion];

    /// <summary>One row for one pair: where either holds a slash, a slash does not tell where the name ends. No text
    /// has a
    /// zero.</summary>
    static ReservationKey Tool(string name, string version) =>
        new("tool", HasSlash(name, version) ? $"{name}\0{version}" : $"{name}/{version}");

    /// <summary>An open incident of then may stand there, of this pair or of one that reads the same: both are held
    /// until it is closed.</summary>
    static ImmutableArray<ReservationKey> OfThen(string name, string version) =>
        HasSlash(name, version) ? [new("tool", $"{name}/{version}")] : [];

    static bool HasSlash(string name, string version) =>
        name.Contains('/', StringComparison.Ordinal) || version.Contains('/', StringComparison.Ordinal);
}
