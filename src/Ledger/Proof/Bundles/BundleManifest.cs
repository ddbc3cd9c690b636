using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>Where a delta goes on from.</summary>
/// <param name="Since">Size of the base's checkpoint, from 1.</param>
/// <param name="First">The n of the delta's first event.</param>
public readonly record struct DeltaStart(ulong Since, ulong First);

/// <summary>What a bundle says that it holds (proof.md §10). Nothing is believed for its sake: each member is
/// recomputed.</summary>
public sealed record BundleManifest
{
    const string Format = "trade-provenance-bundle/1";

    /// <summary>Of the stream whose events are shown.</summary>
    public required Hash Handle { get; init; }

    /// <summary>How many events.</summary>
    public required ulong Events { get; init; }

    /// <summary>Of <c>checkpoint.txt</c>.</summary>
    public required ulong Size { get; init; }

    /// <summary>Index of the head map's leaf; null without one.</summary>
    public ulong? HeadMap { get; init; }

    /// <summary>Smallest time of a cosignature of the checkpoint, <c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
    public required string Created { get; init; }

    /// <summary>Digests of all disclosures present, b64u, sorted.</summary>
    public required ImmutableArray<string> Disclosed { get; init; }

    /// <summary>SHA-256 in hex of each file but the manifest and the report.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>Null for a bundle that stands for itself.</summary>
    public DeltaStart? Delta { get; init; }

    /// <summary>The file, in canonical form.</summary>
    public byte[] ToJson()
    {
        using var json = new Utf8Builder();
        json.Add("{\"created\":"u8);
        json.AddText(Created);
        json.Add(",\"disclosed\":["u8);
        for (var i = 0; i < Disclosed.Length; i++)
        {
            json.Add(i == 0 ? ""u8 : ","u8);
            json.AddText(Disclosed[i]);
        }
        json.Add("],\"events\":"u8);
        json.Add(Events);
        WriteFiles(json);
        if (Delta is { First: var first })
        {
            json.Add(",\"first\":"u8);
            json.Add(first);
        }
        json.Add(",\"format\":"u8);
        json.AddText(Format);
        json.Add(",\"handle\":"u8);
        json.AddText(Handle.ToBase64Url());
        json.Add(",\"headMap\":"u8);
        if (HeadMap is { } index)
            json.Add(index);
        else
            json.Add("null"u8);
        if (Delta is { Since: var since })
        {
            json.Add(",\"since\":"u8);
            json.Add(since);
        }
        json.Add(",\"size\":"u8);
        json.Add(Size);
        json.Add("}"u8);
        return json.ToArray();
    }

    /// <summary>Reads the file: canonical, exactly these members, each of its shape.</summary>
    /// <returns>Null where it is anything else.</returns>
    public static BundleManifest? Read(ReadOnlySpan<byte> file)
    {
        if (CanonicalJson.Read(file) is not { ValueKind: JsonValueKind.Object } json)
            return null;
        var isDelta = json.TryGetProperty("since", out _) || json.TryGetProperty("first", out _);
        if (!json.Has([.. (ReadOnlySpan<string>)Members, .. isDelta ? ["since", "first"] : (string[])[]]))
            return null;
        return
            json.Text("format") == Format
            && json.Hash("handle") is { } handle
            && Number(json, "events", isDelta ? 0 : 1) is { } events
            && Number(json, "size", 0) is { } size
            && json.GetProperty("headMap") is var map
            && (map.ValueKind == JsonValueKind.Null || Number(json, "headMap", 0) is not null)
            && json.Text("created") is { } created
            && Texts(json.GetProperty("disclosed")) is { } disclosed
            && Hashes(json.GetProperty("files")) is { } files
            && (!isDelta || Number(json, "since", 1) is not null && Number(json, "first", 1) is not null)
            ? new()
            {
                Handle = handle,
                Events = events,
                Size = size,
                HeadMap = Number(json, "headMap", 0),
                Created = created,
                Disclosed = disclosed,
                Files = files,
                Delta = isDelta ? new(Number(json, "since", 1)!.Value, Number(json, "first", 1)!.Value) : null,
            }
            : null;
    }

    static readonly string[] Members =
    [
        "format",
        "handle",
        "events",
        "size",
        "headMap",
        "created",
        "disclosed",
        "files",
    ];

    static ulong? Number(JsonElement json, string name, long least) =>
        json.GetProperty(name).Integer() is { } number && number >= least ? (ulong)number : null;

    static ImmutableArray<string>? Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(e => e.Text() is not null)
            ? [.. json.EnumerateArray().Select(e => e.GetString()!)]
            : null;

    static ImmutableSortedDictionary<string, string>? Hashes(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(m => IsHex(m.Value.Text()))
            ? json.EnumerateObject()
                .ToImmutableSortedDictionary(m => m.Name, m => m.Value.GetString()!, StringComparer.Ordinal)
            : null;

    static bool IsHex(string? text) =>
        text is { Length: 64 } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    void WriteFiles(Utf8Builder json)
    {
        json.Add(",\"files\":{"u8);
        var rest = false;
        foreach (var (name, hash) in Files)
        {
            json.Add(rest ? ","u8 : ""u8);
            json.AddText(name);
            json.Add(":"u8);
            json.AddText(hash);
            rest = true;
        }
        json.Add("}"u8);
    }
}
