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
                    .. Tools(incident.Reported)
                        .Where(guards.ContainsKey)
                        .Select(key => new GuardChange(
                            key,
                            guards[key],
                            GuardStep.Without(guards[key], $"{incident.Id}")
                        )),
                ]);

    /// <summary>The rows that hold the tools of an incident: each names every open incident of its tool.</summary>
    public static IEnumerable<GuardKey> Tools(RecoveryIncidentReported e) =>
        e.Tool is not { } tool ? []
        : e.Versions is { IsDefaultOrEmpty: false } versions ? versions.Select(v => Tool(tool, v))
        : [Tool(tool, AnyVersion)];

    /// <summary>The rows that may hold a tool.</summary>
    public static ImmutableArray<GuardKey> Holding(WipeTool tool) =>
        [Tool(tool.Name, tool.Version), Tool(tool.Name, AnyVersion)];

    const string AnyVersion = "*";

    static GuardKey Tool(string name, string version) => new("tool", $"{name}/{version}");
}
