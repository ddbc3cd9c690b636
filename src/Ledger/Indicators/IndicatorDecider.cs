using System.Globalization;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>Fixes baselines and targets and freezes reports; each by two persons.</summary>
public static class IndicatorDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<IndicatorCommand, Indicator>(
            IndicatorStreams.Indicator,
            (c, s) => IndicatorCommand.StreamOf(c.Indicator, c.Region, s.Ids),
            Indicator.Fold,
            (_, _) => [],
            (c, _, indicator, s) => Decide(c, indicator, s)
        );

    public static Decision Decide(IndicatorCommand c, Indicator indicator, Situation s)
    {
        if (c.Indicator != Indicator.UsedCarTrade)
            return Decision.Refuse(
                Refusal
                    .Of("indicator-unknown", ("value", Bounds.Short(c.Indicator)), ("known", Indicator.UsedCarTrade))
                    .At("indicator")
            );
        return c switch
        {
            FixBaseline b => Fix(
                new BaselineFixed(b.Indicator, b.Region, b.Year, b.Value, b.Source),
                indicator.Baseline,
                b.Replaces
            ),
            FixTarget t => Fix(
                new TargetFixed(t.Indicator, t.Region, t.TargetYear, t.GrowthBp, t.Source),
                indicator.Target,
                t.Replaces
            ),
            FreezeReport r => Freeze(r, indicator, s),
            _ => throw new UnknownCommandException(c),
        };
    }

    /// <param name="replaces">Whether another value may take the place of the one that stands; the old event
    /// stays.</param>
    static Decision Fix<T>(T e, T? stands, bool replaces)
        where T : LedgerEvent =>
        stands is null || replaces && stands != e ? Decision.Record(e)
        : stands == e ? Decision.Record()
        : Decision.Refuse(new Refusal("baseline-exists").At("value"));

    static Decision Freeze(FreezeReport c, Indicator indicator, Situation s)
    {
        if (Indicator.Days(c.Period) is not var (_, last))
            return Decision.Refuse(
                Refusal
                    .Of("value-malformed", ("name", "period"), ("value", c.Period), ("expected", "yyyy or yyyy-MM"))
                    .At("period")
            );
        if (ShanghaiDay.Of(s.Now) <= last)
            return Decision.Refuse(
                Refusal.Of(
                    "period-still-open",
                    ("period", c.Period),
                    ("last", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                )
            );
        return indicator.Reports.ContainsKey(c.Period)
            ? Decision.Refuse(Refusal.Of("already-frozen", ("period", c.Period)))
            : Decision.Record(new PeriodReportFrozen(c.Indicator, c.Period, c.Figures, c.TreeSize));
    }
}
