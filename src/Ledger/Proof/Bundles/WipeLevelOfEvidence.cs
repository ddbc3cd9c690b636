using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>How far a medium is wiped, rising.</summary>
enum Wiped
{
    None,
    Clear,
    Purge,
    Destruct,
}

/// <summary>The level of a wipe from its evidence (proof.md §8, the table): the ceiling of the technique on that
/// medium, lowered by what is missing.</summary>
static class WipeLevelOfEvidence
{
    public static readonly ImmutableArray<string> Words = ["none", "clear", "purge", "destruct"];

    static readonly string[] Flash =
    [
        "ssd-sata",
        "nvme",
        "emmc",
        "ufs",
        "sd-card",
        "embedded",
        "infotainment",
        "key",
        "dashcam",
    ];

    static readonly string[] Physical = ["shred", "disintegrate", "melt", "pulverise", "incinerate"];

    static readonly string[] Overwriting =
    [
        "overwrite",
        "sanitize-overwrite",
        "nvme-format-ses",
        "ata-secure-erase",
        "ata-secure-erase-enhanced",
    ];

    /// <param name="medium">One of <c>media</c>.</param>
    /// <param name="evidence">The member of that name; undefined where there is none.</param>
    /// <param name="asTold">What nobody told is unknown, as rule sets since 2026-12-01 have it; else it counts as
    /// good.</param>
    /// <exception cref="MalformedBundleException">A member is missing or of another type, or the times are not
    /// plausible.</exception>
    public static Wiped Of(JsonElement medium, JsonElement evidence, bool asTold)
    {
        var action = Object(medium, "action") ?? throw new MalformedBundleException("a medium without action");
        var type = Text(medium, "type");
        var technique = Text(action, "technique");
        Plausible(type, technique, action);
        var check = Object(medium, "check");
        var found = check is { } c ? Whole(c, "residues") : null;
        if (action.Text("result") == "failed" || found is > 0 or < 0 || Types(evidence) is not { Count: > 0 } files)
            return Wiped.None;
        var photo = files.Any(f => f.StartsWith("image/", StringComparison.Ordinal));
        var level = Ceiling(type, technique, action, photo);
        if (
            level > Wiped.None
            && (asTold ? IsDoubtful(technique, medium, action) : IsPartial(type, technique, medium, action))
        )
            level--;
        var nothingRead = check?.Text("method") is null or "none" || asTold && found is null;
        return level == Wiped.Purge && nothingRead ? Wiped.Clear : level;
    }

    static Wiped Ceiling(string type, string technique, JsonElement action, bool photo) =>
        (type, technique) switch
        {
            ("hdd", "ata-secure-erase-enhanced" or "sanitize-overwrite") => Wiped.Purge,
            ("hdd", "overwrite") => Whole(action, "passes") >= 1 ? Wiped.Clear : Wiped.None,
            ("ssd-sata" or "nvme", "sanitize-block") => Wiped.Purge,
            ("nvme", "nvme-sanitize") => IsCompleted(action) ? Wiped.Purge : Wiped.None,
            (_, "sanitize-crypto" or "opal-revert") => action.Text("encryptedSinceFirstUse") == "yes"
                ? Wiped.Purge
                : Wiped.None,
            ("emmc", "emmc-sanitize") or ("ufs", "ufs-purge") => HasStatus(action) ? Wiped.Purge : Wiped.None,
            (_, "degauss") => type == "hdd" ? Wiped.Destruct : Wiped.None,
            _ when Physical.Contains(technique) => photo ? Wiped.Destruct : Wiped.None,
            _ => Overwriting.Contains(technique) && Flash.Contains(type) ? Wiped.Clear : Wiped.None,
        };

    /// <summary>Something was not reached, may be hidden, or was not addressed.</summary>
    static bool IsPartial(string type, string technique, JsonElement medium, JsonElement action)
    {
        if (IsPhysical(technique))
            return false;
        var hidden = Object(action, "hidden");
        var unknown = hidden is { } areas
            ? areas.EnumerateObject().Any(a => a.Value.Text() == "unknown")
            : type == "hdd";
        var whole = Overwriting.Contains(technique)
            ? Whole(medium, "capacityBytes") ?? throw new MalformedBundleException("a medium without capacityBytes")
            : 0;
        var unreached =
            action.TryGetProperty("unreached", out var list)
            && !(list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0);
        return unreached || unknown || (Whole(action, "bytesAddressed") ?? 0) < whole;
    }

    /// <summary>Something was not reached, may be hidden, or was not addressed; or nobody told that it was
    /// not.</summary>
    static bool IsDoubtful(string technique, JsonElement medium, JsonElement action)
    {
        if (IsPhysical(technique))
            return action.Text("result") != "ok";
        bool Told(string area) => Object(action, "hidden")?.Text(area) is "absent" or "cleared";
        var reached = Whole(action, "bytesAddressed") >= Whole(medium, "capacityBytes");
        var unreached =
            !action.TryGetProperty("unreached", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() > 0;
        return action.Text("result") != "ok"
            || !action.TryGetProperty("started", out _)
            || technique == "sanitize-block" && !HasStatus(action)
            || !(reached && Told("hpa") && Told("dco") && Told("ama"))
            || unreached;
    }

    static bool IsPhysical(string technique) => technique == "degauss" || Physical.Contains(technique);

    static bool HasStatus(JsonElement action) =>
        action.TryGetProperty("deviceStatus", out var status) && status.ValueKind != JsonValueKind.Null;

    /// <summary>NVMe: SPROG FFFFh, and 1 (completed) in the three low bits of SSTAT.</summary>
    static bool IsCompleted(JsonElement action) =>
        Object(action, "deviceStatus") is { } status
        && Whole(status, "SPROG") == 0xFFFF
        && Whole(status, "SSTAT") is >= 0 and var state
        && (state & 7) == 1;

    static void Plausible(string type, string technique, JsonElement action)
    {
        if (!action.TryGetProperty("started", out _) || IsPhysical(technique))
            return;
        var seconds = (Time(action, "finished") - Time(action, "started")).TotalSeconds;
        MalformedBundleException.Unless(seconds > 0, "finished before it was started");
        var fastest = type == "nvme" ? 7e9 : 6e8;
        if (technique is "overwrite" or "sanitize-overwrite")
            MalformedBundleException.Unless(
                (Whole(action, "bytesAddressed") ?? 0) / seconds <= fastest,
                "faster than the interface"
            );
    }

    static DateTimeOffset Time(JsonElement json, string name) =>
        DateTimeOffset.TryParseExact(
            json.Text(name),
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : throw new MalformedBundleException($"{name} is no time");

    /// <summary>Media types of the evidence.</summary>
    static List<string> Types(JsonElement evidence) =>
        evidence.ValueKind == JsonValueKind.Array
            ? [.. evidence.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Object ? e.Text("mt") ?? "" : "")]
            : [];

    static JsonElement? Object(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Object
            ? member
            : null;

    static string Text(JsonElement json, string name) =>
        json.Text(name) ?? throw new MalformedBundleException($"{name} is missing");

    static long? Whole(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member)
            ? member.Integer() ?? throw new MalformedBundleException($"{name} is no number")
            : null;
}
