using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Rules;

namespace Api.Hosting;

/// <summary>What the body of any command may say beside its own members (contract.md §3); it goes into the event's
/// envelope.</summary>
/// <param name="Rest">The body without these members; it is read as strictly as ever.</param>
/// <param name="Deeds">Member <c>act</c>: deeds that parties signed, 1 to 4 compact JWS.</param>
/// <param name="LateReason">Member <c>lateReason</c>: why it is recorded long after it happened.</param>
/// <param name="Acknowledged">Member <c>acknowledged</c>: ids of rules whose warnings were read.</param>
sealed record BodyEnvelope(
    byte[] Rest,
    ImmutableArray<string> Deeds,
    string? LateReason,
    ImmutableArray<string> Acknowledged
)
{
    const int MostDeeds = 4,
        MostRules = 32,
        LongestReason = 500;

    /// <summary>Its members, as the description of the API shows them.</summary>
    public static ImmutableArray<(string Name, bool IsList, string Says)> Members { get; } =
    [
        ("act", true, "Deeds that parties signed for it: 1 to 4 compact JWS."),
        ("acknowledged", true, "Ids of rules whose warnings were read; without them 422 warning-not-acknowledged."),
        ("lateReason", false, "Why it is recorded so long after it happened, see late-entry-needs-reason."),
    ];

    static readonly byte[][] Quoted = [.. Members.Select(m => System.Text.Encoding.UTF8.GetBytes($"\"{m.Name}\""))];

    /// <summary>Takes them out of a body. What is malformed as a whole is told where the whole is read.</summary>
    public static (BodyEnvelope Envelope, Refusal? Refusal) TakeOut(byte[] body)
    {
        var none = new BodyEnvelope(body, [], null, []);
        if (!Quoted.Any(name => body.AsSpan().IndexOf(name) >= 0))
            return (none, null);
        try
        {
            using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false, MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, none)
                : (none, null);
        }
        catch (JsonException)
        {
            return (none, null);
        }
        // Half a surrogate pair is JSON, but no text.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return (none, BodyFaults.NoText);
        }
    }

    static (BodyEnvelope Envelope, Refusal? Refusal) Read(JsonElement body, BodyEnvelope none)
    {
        var (deeds, wrong) = Texts(body, "act", MostDeeds);
        if (wrong is null && deeds.Any(d => d.Length > DeedDecider.Longest))
            wrong = Refusal.Of("signature-invalid", ("name", "act"), ("reason", "length")).At("act");
        var (acknowledged, alsoWrong) = Texts(body, "acknowledged", MostRules);
        if ((wrong ??= alsoWrong) is null && acknowledged.FirstOrDefault(id => !RuleSet.Current.Knows(id)) is { } rule)
            wrong = Refusal.Of("rule-unknown", ("value", Bounds.Short(rule))).At("acknowledged");
        var (reason, refused) = Reason(body);
        return wrong is null && refused is null
            ? (new(Without(body), deeds, reason, acknowledged), null)
            : (none, wrong ?? refused);
    }

    static (string? Reason, Refusal? Refusal) Reason(JsonElement body)
    {
        const string Name = "lateReason";
        if (!body.TryGetProperty(Name, out var said))
            return (null, null);
        if (said.ValueKind != JsonValueKind.String)
            return (null, BodyFaults.Of($"“{Name}” is not a text.", $"“{Name}”不是文本。", Name));
        var text = said.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
            return (null, Refusal.Of("value-missing", ("name", Name)).At(Name));
        return (text, PlainText.Check(text, LongestReason)?.At(Name));
    }

    static (ImmutableArray<string> Texts, Refusal? Refusal) Texts(JsonElement body, string name, int most)
    {
        if (!body.TryGetProperty(name, out var list))
            return ([], null);
        if (
            list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(a => a.ValueKind != JsonValueKind.String)
        )
            return ([], BodyFaults.Of($"“{name}” is not a list of texts.", $"“{name}”不是文本列表。", name));
        var length = list.GetArrayLength();
        return length >= 1 && length <= most
            ? ([.. list.EnumerateArray().Select(a => a.GetString()!)], null)
            : (
                [],
                Refusal
                    .Of("value-out-of-range", ("name", name), ("value", length), ("least", 1), ("most", most))
                    .At(name)
            );
    }

    static byte[] Without(JsonElement body)
    {
        using var rest = new MemoryStream();
        using (var json = new Utf8JsonWriter(rest))
        {
            json.WriteStartObject();
            foreach (var member in body.EnumerateObject().Where(m => Members.All(own => !m.NameEquals(own.Name))))
                member.WriteTo(json);
            json.WriteEndObject();
        }
        return rest.ToArray();
    }
}
