using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Ledger.Rules;
using Params = System.Collections.Immutable.ImmutableSortedDictionary<string, string>;

namespace Ledger.DataWipe;

/// <summary>What evidence of a wipe carries (proof.md §8, rules.md §3.1). The tables stand in the rules' thresholds:
/// ceilings and media by technique, so that another edition of a standard is another version of a rule.</summary>
public static class WipeEvaluators
{
    public static ImmutableArray<Evaluator> All { get; } =
    [
        new("data-cleared", DataCleared),
        new("data-cleared.v2", DataClearedAsTold),
        new("technique-for-medium", TechniqueForMedium),
        new("duration-plausible", DurationPlausible),
        new("duration-plausible.v2", DurationPlausibleAsTold),
        new("consent-before-start", ConsentBeforeStart),
        new("sample-large-enough", SampleLargeEnough),
        new("sample-large-enough.v2", SampleLargeEnoughAsTold),
        new(SupportedBefore, LevelSupported),
        new(Supported, LevelSupportedAsTold),
    ];

    /// <summary>Names of the evaluator of a level: until 2026-12-01, and since.</summary>
    internal const string SupportedBefore = "level-supported",
        Supported = "level-supported.v2";

    static readonly ImmutableArray<string> Levels = ["none", "clear", "purge", "destruct"];

    /// <summary>The level that evidence carries under a rule: the evaluator that it names derives it.</summary>
    public static string Level(Rule rule, Inputs f) => Level(AsTold(rule) ? Doubted(f) : f, rule.Params);

    /// <summary>Whether a set takes what nobody told of a wipe for unknown.</summary>
    internal static bool AsTold(RuleSet rules) => rules.Rules.Any(AsTold);

    static bool AsTold(Rule rule) => rule.Evaluator == Supported;

    /// <summary>What nobody told is unknown: of what may be hidden, unreached or not addressed that it is, and a check
    /// that does not say what it found has found nothing out.</summary>
    static Inputs Doubted(Inputs f)
    {
        if (
            f.Flag("hiddenUnknown") is null
            || f.Number("unreached") is null
            || f.Number("bytesAddressed") is null
            || f.Number("capacityBytes") is null
        )
            f = f.And("hiddenUnknown", true);
        return f.Number("residues") is null ? f.And("check", "none") : f;
    }

    /// <summary>Of evidence that carries no level: what is wrong with it or missing in it, by the members' names on the
    /// wire.</summary>
    public static ImmutableArray<string> Lacking(Rule rule, Inputs f)
    {
        var (technique, ceiling) = (f.Text("technique") ?? "", Ceiling(f, rule.Params));
        if (ceiling <= 0)
            return ["evidence.technique"];
        var isDestroyed = ceiling == Levels.IndexOf("destruct");
        // A technique that reaches further stands a doubt about what it reached.
        var mustReachAll = ceiling == Levels.IndexOf("clear");
        var capacity = f.Number("capacityBytes");
        return
        [
            .. new (string Name, bool IsLacking)[]
            {
                ("docs", f.Flag("toolLog") is not true),
                ("evidence.result", f.Text("result") is not "ok"),
                ("check.residues", f.Number("residues") > 0),
                (
                    "evidence.encryptedSinceFirstUse",
                    !isDestroyed && HidesByKey(technique) && f.Text("encryptedSinceFirstUse") is not "yes"
                ),
                ("evidence.hidden", mustReachAll && f.Flag("hiddenUnknown") is not false),
                ("evidence.unreached", mustReachAll && f.Number("unreached") is not 0),
                ("capacityBytes", mustReachAll && capacity is null),
                (
                    "evidence.bytesAddressed",
                    mustReachAll && (f.Number("bytesAddressed") is not { } bytes || bytes < capacity)
                ),
            }
                .Where(l => l.IsLacking)
                .Select(l => l.Name),
        ];
    }

    static int Ceiling(Inputs f, Params p) =>
        Levels.IndexOf(
            p.GetValueOrDefault($"{f.Text("technique")}@{f.Text("medium")}")
                ?? p.GetValueOrDefault(f.Text("technique") ?? "")
                ?? "none"
        );

    /// <summary>A key that is thrown away hides only what was written under it.</summary>
    static bool HidesByKey(string technique) => technique is "sanitize-crypto" or "opal-revert";

    /// <summary>The level that evidence carries: the technique's ceiling on this medium, then lowered.</summary>
    /// <param name="p">Thresholds of <c>wipe-level-derived</c>: <c>technique</c> or <c>technique@medium</c> →
    /// level.</param>
    static string Level(Inputs f, Params p)
    {
        var technique = f.Text("technique") ?? "";
        var level = Ceiling(f, p);
        if (level <= 0 || f.Text("result") is not "ok" || f.Flag("toolLog") is not true || f.Number("residues") > 0)
            return "none";
        if (level == Levels.IndexOf("destruct"))
            return "destruct";
        if (HidesByKey(technique) && f.Text("encryptedSinceFirstUse") is not "yes")
            return "none";
        if (
            f.Flag("hiddenUnknown") is true
            || f.Number("unreached") > 0
            || f.Number("bytesAddressed") < f.Number("capacityBytes")
        )
            level--;
        if (f.Text("check") is null or "none" && level == Levels.IndexOf("purge"))
            level--;
        return Levels[level];
    }

    /// <summary>A claim above what the evidence carries.</summary>
    internal static Outcome LevelSupported(Inputs f, Params p, DateOnly day) => Claimed(f, f, p);

    /// <summary>The same where what nobody told is unknown.</summary>
    internal static Outcome LevelSupportedAsTold(Inputs f, Params p, DateOnly day) => Claimed(f, Doubted(f), p);

    static Outcome Claimed(Inputs f, Inputs evidence, Params p)
    {
        if (f.Text("technique") is null || f.Text("medium") is null)
            return Outcome.Missing("technique", "medium");
        var derived = Level(evidence, p);
        var claimed = f.Text("claimed") ?? derived;
        return Outcome.Of(
            Levels.IndexOf(claimed) > Levels.IndexOf(derived),
            Inputs.None.And("claimed", claimed).And("derived", derived).And("technique", f.Text("technique"))
        );
    }

    /// <param name="p">Technique → the media it is made for, parted by blanks.</param>
    internal static Outcome TechniqueForMedium(Inputs f, Params p, DateOnly day) =>
        f.Text("technique") is not { } technique || f.Text("medium") is not { } medium
            ? Outcome.Missing("technique", "medium")
            : Outcome.Of(
                p.GetValueOrDefault(technique) is { } media && !media.Split(' ').Contains(medium),
                Inputs.None.And("technique", technique).And("medium", medium)
            );

    /// <summary>It ended after it began, and no bus is faster than this: bytes a second by kind of medium, for
    /// techniques that write every byte over it.</summary>
    internal static Outcome DurationPlausible(Inputs f, Params p, DateOnly day)
    {
        if (f.Number("durationMs") is not { } ms)
            return Outcome.Missing("startedAt", "finishedAt");
        var seen = Inputs.None.And("durationMs", ms);
        if (ms <= 0)
            return Outcome.Of(true, seen);
        if (
            f.Text("technique") is not ("overwrite" or "sanitize-overwrite")
            || f.Number("bytesAddressed") is not { } bytes
            || !p.TryGetValue(f.Text("medium") ?? "", out var text)
        )
            return Outcome.Of(false, seen);
        var most = long.Parse(text, CultureInfo.InvariantCulture);
        return Outcome.Of(
            (Int128)bytes * 1000 > (Int128)most * ms,
            seen.And("bytesAddressed", bytes).And("mostPerSecond", most)
        );
    }

    /// <summary>A technique, a medium or a number of bytes that nobody told may be one that no bus allows.</summary>
    internal static Outcome DurationPlausibleAsTold(Inputs f, Params p, DateOnly day)
    {
        var said = DurationPlausible(f, p, day);
        if (said.Result is not Result.Pass)
            return said;
        if (f.Text("technique") is not { } technique || f.Text("medium") is not { } medium)
            return Outcome.Missing("technique", "medium");
        return
            technique is "overwrite" or "sanitize-overwrite"
            && p.ContainsKey(medium)
            && f.Number("bytesAddressed") is null
            ? Outcome.Missing("bytesAddressed")
            : said;
    }

    /// <summary>Agreed to for this intake and medium, before the wipe began.</summary>
    internal static Outcome ConsentBeforeStart(Inputs f, Params p, DateOnly day) =>
        f.Number("startedAtMs") is not { } start
            ? Outcome.Missing("startedAt")
            : Outcome.Of(
                f.Number("consentAtMs") is not { } consent || consent >= start,
                Inputs.None.And("consent", f.Number("consentAtMs") is null ? "none" : "late")
            );

    /// <summary>So many blocks that a share of dirty ones would have shown: the least n with (1 − p)ⁿ ≤ 1 − c, capped
    /// at all there are (rules.md §3, <c>wipe-sample-size</c>).</summary>
    internal static Outcome SampleLargeEnough(Inputs f, Params p, DateOnly day)
    {
        if (f.Number("totalBlocks") is not { } total || f.Number("sampledBlocks") is not { } sampled)
            return Outcome.Missing("sampledBlocks", "totalBlocks");
        var least = f.Text("check") is "full"
            ? total
            : Math.Min(total, LeastSample(Number(p, "confidencePermille"), Number(p, "dirtyPpm")));
        return Outcome.Of(sampled < least, Inputs.None.And("sampledBlocks", sampled).And("least", least));
    }

    /// <summary>Enough for a sample may be too little for a full check.</summary>
    internal static Outcome SampleLargeEnoughAsTold(Inputs f, Params p, DateOnly day)
    {
        var said = SampleLargeEnough(f, p, day);
        return
            said.Result is Result.Pass && f.Text("check") is null && f.Number("sampledBlocks") < f.Number("totalBlocks")
            ? Outcome.Missing("check")
            : said;
    }

    /// <summary>In whole numbers, so that every machine finds the same.</summary>
    internal static long LeastSample(long confidencePermille, long dirtyPpm)
    {
        var (clean, all) = (new BigInteger(1_000_000 - dirtyPpm), new BigInteger(1_000_000));
        var doubt = 1000 - confidencePermille;
        bool Enough(int n) => BigInteger.Pow(clean, n) * 1000 <= doubt * BigInteger.Pow(all, n);
        var (low, high) = (0, 1);
        while (!Enough(high))
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = Enough(middle) ? (low, middle) : (middle, high);
        }
        return high;
    }

    static long Number(Params p, string name) => long.Parse(p[name], CultureInfo.InvariantCulture);

    static Outcome DataCleared(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag("bearsData") is not true && p.GetValueOrDefault("asked") is not "always"
            ? Outcome.Of(false, Inputs.None)
            : Outcome.Of(
                f.Text("dataState") is not ("cleared" or "none" or "gone"),
                Inputs.None.And("dataState", f.Text("dataState"))
            );

    /// <summary>Whether it bears data has to be known before what may lie on it can be passed over.</summary>
    static Outcome DataClearedAsTold(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day)
    {
        var said = DataCleared(f, p, day);
        return
            said.Result is Result.Pass
            && f.Flag("bearsData") is null
            && f.Text("dataState") is not ("cleared" or "none" or "gone")
            ? Outcome.Missing("bearsData")
            : said;
    }
}
