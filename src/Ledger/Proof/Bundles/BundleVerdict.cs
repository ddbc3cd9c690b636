using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>What the verdicts of every event have to meet (proof.md §1).</summary>
[Flags]
public enum Requirements
{
    None = 0,

    /// <summary>Either form of <c>existed</c>.</summary>
    Existed = 1,

    /// <summary>Not the unwitnessed form.</summary>
    Witnessed = 2,

    /// <summary>Any pass of <c>saidBy</c>.</summary>
    SaidBy = 4,

    /// <summary>Not the unvouched form, nor on behalf.</summary>
    OwnKey = 8,

    /// <summary><c>complete-up-to</c>.</summary>
    Complete = 16,

    /// <summary><c>supported</c>.</summary>
    Time = 32,

    /// <summary>What is required where nothing is said.</summary>
    Default = Existed | SaidBy | Complete,
}

/// <summary>The comma list that a reader gives.</summary>
public static class Requirement
{
    static readonly ImmutableArray<(string Word, Requirements Value)> Words =
    [
        ("existed", Requirements.Existed),
        ("witnessed", Requirements.Witnessed),
        ("saidBy", Requirements.SaidBy),
        ("own-key", Requirements.OwnKey),
        ("complete", Requirements.Complete),
        ("time", Requirements.Time),
    ];

    /// <summary>All words, for messages.</summary>
    public static string All => string.Join(", ", Words.Select(w => w.Word));

    /// <returns>Null where a word is none of these.</returns>
    public static Requirements? Read(string list)
    {
        var asked = Requirements.None;
        foreach (var word in list.Split(','))
            if (Words.FirstOrDefault(w => w.Word == word) is { Value: not Requirements.None and var value })
                asked |= value;
            else
                return null;
        return asked;
    }

    internal static IEnumerable<Requirements> Each(Requirements asked) =>
        Words.Select(w => w.Value).Where(v => asked.HasFlag(v));
}

/// <summary>What a reader gives beside bundle and policy.</summary>
public sealed record VerifyOptions
{
    /// <summary>Registrars he knows, <c>&lt;name&gt; &lt;thumbprint&gt;</c> a line; null for none.</summary>
    public ReadOnlyMemory<byte>? Registrars { get; init; }

    /// <summary>The bundle that a delta goes on from.</summary>
    public ReadOnlyMemory<byte>? Base { get; init; }

    public Requirements Require { get; init; } = Requirements.Default;

    /// <summary>A checkpoint he kept, with the log's line: the bundle's has to go on from it.</summary>
    public ReadOnlyMemory<byte>? Pin { get; init; }
}

/// <summary>The four verdicts of one event, in the words of proof.md §1.</summary>
/// <param name="N">Its place in its chain, as the file is named.</param>
/// <param name="Index">Its leaf index; null where its proof does not parse.</param>
/// <param name="Type">Its wire name; null where its leaf is malformed.</param>
/// <param name="SignedAt">When it was recorded by its own account (<c>iat</c>); null where its leaf is
/// malformed.</param>
/// <param name="OccurredAt">When the deed was done, by its own account (<c>at</c>).</param>
public sealed record EventVerdict(
    ulong N,
    ulong? Index,
    string? Type,
    string Existed,
    string SaidBy,
    string Complete,
    string Time,
    DateTimeOffset? SignedAt,
    DateTimeOffset? OccurredAt
);

/// <summary>What came of a bundle under one policy.</summary>
/// <param name="Valid">No finding, and every event meets what is required.</param>
/// <param name="Linked">Of the events of other streams that the chain notes; whether those streams are complete is
/// not asked.</param>
/// <param name="Warnings">What a reader should know and what decides nothing.</param>
/// <param name="Policy">Null where it could not be read.</param>
public sealed record BundleVerdict(
    bool Valid,
    ImmutableArray<EventVerdict> Events,
    ImmutableArray<EventVerdict> Linked,
    ImmutableArray<BundleFinding> Findings,
    ImmutableArray<string> Warnings,
    TrustPolicy? Policy
)
{
    /// <summary>The document of contract.md §2.</summary>
    public string ToJson()
    {
        using var json = new Utf8Builder();
        json.Add(Valid ? "{\"valid\":true,\"events\":["u8 : "{\"valid\":false,\"events\":["u8);
        Write(json, Events);
        if (!Linked.IsEmpty)
        {
            json.Add("],\"linked\":["u8);
            Write(json, Linked);
        }
        json.Add("],\"findings\":["u8);
        for (var i = 0; i < Findings.Length; i++)
        {
            json.Add(i == 0 ? "{\"code\":"u8 : ",{\"code\":"u8);
            json.AddText(Findings[i].Code);
            json.Add(",\"detail\":"u8);
            json.AddText(Findings[i].Detail);
            json.Add("}"u8);
        }
        json.Add("]}"u8);
        return System.Text.Encoding.UTF8.GetString(json.Written);
    }

    static void Write(Utf8Builder json, ImmutableArray<EventVerdict> events)
    {
        for (var i = 0; i < events.Length; i++)
            Write(json, i, events[i]);
    }

    static void Write(Utf8Builder json, int place, EventVerdict e)
    {
        json.Add(place == 0 ? "{\"index\":"u8 : ",{\"index\":"u8);
        if (e.Index is { } index)
            json.Add(index);
        else
            json.Add("null"u8);
        json.Add(",\"type\":"u8);
        if (e.Type is { } type)
            json.AddText(type);
        else
            json.Add("null"u8);
        json.Add(",\"existed\":"u8);
        json.AddText(e.Existed);
        json.Add(",\"saidBy\":"u8);
        json.AddText(e.SaidBy);
        json.Add(",\"complete\":"u8);
        json.AddText(e.Complete);
        json.Add(",\"time\":"u8);
        json.AddText(e.Time);
        json.Add("}"u8);
    }
}
