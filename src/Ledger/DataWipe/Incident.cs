using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.DataWipe;

/// <summary>An incident as folded from its stream.</summary>
/// <param name="Outcome">Null while it is open.</param>
public sealed record Incident(RecoveryIncidentReported Reported, IncidentOutcome? Outcome, long Version)
{
    public Guid Id => Reported.IncidentId ?? default;

    public static Incident? Fold(IEnumerable<Recorded> history)
    {
        Incident? incident = null;
        foreach (var e in history)
            incident = e.Event switch
            {
                RecoveryIncidentReported reported when incident is null => new(reported, null, e.Version),
                IncidentClosed closed when incident is not null => incident with
                {
                    Outcome = closed.Outcome ?? IncidentOutcome.Unfounded,
                    Version = e.Version,
                },
                _ => incident,
            };
        return incident;
    }
}

/// <summary>Reports and closes incidents. A tool that is named is held at once: no wipe is attested with it while the
/// incident is open.</summary>
public static class IncidentDecider
{
    public static Decision Report(RecoveryIncidentReported e, ImmutableDictionary<GuardKey, string> guards)
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
                        guards.GetValueOrDefault(key) is { } others
                            ? new GuardChange(key, others, $"{others} {e.IncidentId}")
                            : new GuardChange(key, null, $"{e.IncidentId}")
                    ),
            ]);
    }

    public static Decision Close(IncidentClosed e, Incident incident, ImmutableDictionary<GuardKey, string> guards) =>
        incident.Outcome is not null
            ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "closed" })
            : Decision
                .Record(e)
                .Taking([
                    .. Holders(incident.Reported)
                        .Where(guards.ContainsKey)
                        .Select(key => new GuardChange(
                            key,
                            guards[key],
                            GuardStep.Without(guards[key], $"{incident.Id}")
                        )),
                ]);

    /// <summary>The rows that hold the tools of an incident: each names every open incident of its tool.</summary>
    public static IEnumerable<GuardKey> Tools(RecoveryIncidentReported e) =>
        e.Tool is { } tool ? VersionsOf(e).Select(v => Tool(tool, v)) : [];

    /// <summary>The same, and where versions up to 179ed00 put them.</summary>
    public static IEnumerable<GuardKey> Holders(RecoveryIncidentReported e) =>
        Tools(e).Concat(e.Tool is { } tool ? VersionsOf(e).SelectMany(v => OfThen(tool, v)) : []);

    /// <summary>The rows that may hold a tool.</summary>
    public static ImmutableArray<GuardKey> Holding(WipeTool tool) =>
        [
            .. ((string[])[tool.Version, AnyVersion]).SelectMany<string, GuardKey>(v =>
                [Tool(tool.Name, v), .. OfThen(tool.Name, v)]
            ),
        ];

    const string AnyVersion = "*";

    static IEnumerable<string> VersionsOf(RecoveryIncidentReported e) =>
        e.Versions is { IsDefaultOrEmpty: false } versions ? versions : [AnyVersion];

    /// <summary>One row for one pair: where either holds a slash, a slash does not tell where the name ends. No text
    /// has a
    /// zero.</summary>
    static GuardKey Tool(string name, string version) =>
        new("tool", HasSlash(name, version) ? $"{name}\0{version}" : $"{name}/{version}");

    /// <summary>An open incident of then may stand there, of this pair or of one that reads the same: both are held
    /// until it is closed.</summary>
    static ImmutableArray<GuardKey> OfThen(string name, string version) =>
        HasSlash(name, version) ? [new("tool", $"{name}/{version}")] : [];

    static bool HasSlash(string name, string version) =>
        name.Contains('/', StringComparison.Ordinal) || version.Contains('/', StringComparison.Ordinal);
}
