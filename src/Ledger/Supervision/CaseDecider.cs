using Ledger.Kernel;

namespace Ledger.Supervision;

/// <summary>Raises suspicions, opens and closes cases.</summary>
public static class CaseDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<CaseCommand, Case?>(
            CaseStreams.Case,
            (c, _) => c.Case,
            Case.Fold,
            (_, _) => [],
            (c, _, found, _) => Decide(c, found)
        );

    /// <param name="found">As it stands; null: there is none yet.</param>
    public static Decision Decide(CaseCommand c, Case? found) =>
        (c, found) switch
        {
            (RaiseSuspicion, not null) => Decision.Record(),
            (RaiseSuspicion r, null) => Started(new SuspicionRaised(r.Pattern, r.Items, r.Events), r.Pattern),
            (OpenCase o, null) => Started(new CaseOpened(o.Pattern, o.Items, o.Officer, o.Number), o.Pattern),
            (_, null) => Decision.Refuse(Refusal.Of("case-not-found", ("value", c.Case))),
            (TakeUpSuspicion t, { State: CaseState.Suspected }) => Decision.Record(
                new CaseOpened(null, null, t.Officer, t.Number)
            ),
            (CloseCase x, { State: CaseState.Suspected or CaseState.Open }) => Decision.Record(
                new CaseClosed(x.Outcome, x.Finding)
            ),
            _ => Decision.Refuse(new Refusal("wrong-state") { CurrentState = WireWords.Of(found.State) }),
        };

    static Decision Started(LedgerEvent e, string pattern) =>
        Patterns.Find(pattern) is { Active: true }
            ? Decision.Record(e)
            : Decision.Refuse(
                Refusal
                    .Of(
                        "pattern-not-active",
                        ("value", Bounds.Short(pattern)),
                        ("known", string.Join(" ", Patterns.Active))
                    )
                    .At("pattern")
            );
}
