using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Goldens;

/// <summary>One sample per wire name; from its first commit on a golden is not touched (CONTRIBUTING.md).</summary>
public sealed class Every_event_on_the_wire
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> WireNames => [.. EventCatalog.All.Select(l => l.WireName)];

    static string Write(LedgerEvent e) => JsonSerializer.Serialize(e, e.GetType(), WireJson.Options);

    [Theory]
    [MemberData(nameof(WireNames))]
    public void is_written_as_its_golden(string wireName)
    {
        var json = Write(Samples.Of(EventCatalog.OfWireName(wireName)!.Type));
        using var document = JsonDocument.Parse(json);
        Assert.Null(Approved.Differs(JsonSerializer.Serialize(document.RootElement, Readable), wireName + ".json"));
    }

    [Theory]
    [MemberData(nameof(WireNames))]
    public void is_read_from_its_golden(string wireName)
    {
        var type = EventCatalog.OfWireName(wireName)!.Type;
        var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), wireName + ".json")));
        var read = (LedgerEvent)golden.Deserialize(type, WireJson.Options)!;
        Assert.Equal(JsonSerializer.Serialize(golden.RootElement, Tight), Write(read));
        Assert.Equal(Write(Samples.Of(type)), Write(read));
    }

    static readonly JsonSerializerOptions Tight = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The leaf of the sample, signed with a test key: its bytes are what readers hold for ever.</summary>
    [Theory]
    [MemberData(nameof(WireNames))]
    public void is_logged_as_its_golden_leaf(string wireName)
    {
        var (stream, party) = (
            new Guid("00000000-0000-4000-8000-000000000001"),
            new Guid("00000000-0000-4000-8000-000000000002")
        );
        var handles = new Handles([.. Enumerable.Repeat((byte)0x0a, 32)]);
        var at = new DateTimeOffset(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);
        var envelope = new Envelope("key", at, "local", "CLK", new string('0', 64))
        {
            Site = "MK-510100-0007",
            RegionCode = "510100",
            Source = "histovec",
            Precision = Precision.Day,
            SecondActor = "second",
        };
        var e = Samples.Of(EventCatalog.OfWireName(wireName)!.Type).WithParties(p => PartyRef.Of(p.Scope, party));
        Assert.All(EventLeaf.Parties(e), p => Assert.Equal(party, p.Party.Subject));
        var clear = EventLeaf.Of(e, envelope, stream, handles);
        using var key = new Ed25519Key([.. Enumerable.Repeat((byte)3, 32)]);
        var leaf = new LeafSigner(key).Sign(
            new()
            {
                Iss = "https://ledger.example.org",
                Iat = at.ToUnixTimeSeconds(),
                Jti = handles.EventId("dealer-1", "order-1", 0),
                Evt = wireName,
                At = at,
                Item = Hash.Read(handles.OfStream(stream)),
                N = 1,
                Prev = default,
                Ids = clear.Ids,
                Said = clear.Said,
                Judged = clear.Judged,
            },
            Disclosures.None
        );
        Assert.True(Leaf.TryRead(leaf.Jwt, out _, out var fault), $"{fault}");
        Assert.Null(Approved.Differs(System.Text.Encoding.ASCII.GetString(leaf.Jwt), wireName + ".leaf"));
    }

    /// <summary>An empty member of an observed fact is absent, and absent reads as empty.</summary>
    [Theory]
    [MemberData(nameof(WireNames))]
    public void leaves_out_what_is_not_known(string wireName)
    {
        var type = EventCatalog.OfWireName(wireName)!.Type;
        using var full = JsonDocument.Parse(Write(Samples.Of(type)));
        var context = new NullabilityInfoContext();
        var optional = type.GetProperties()
            .Where(p => context.Create(p).ReadState is NullabilityState.Nullable)
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
            .ToHashSet();
        var needed = full
            .RootElement.EnumerateObject()
            .Where(m => !optional.Contains(m.Name))
            .ToDictionary(m => m.Name, m => m.Value);
        var json = JsonSerializer.Serialize(needed, Tight);
        Assert.Equal(json, Write((LedgerEvent)JsonSerializer.Deserialize(json, type, WireJson.Options)!));
    }

    [Fact]
    public void keeps_a_member_that_came_after_its_golden()
    {
        var registered = (ItemRegistered)Samples.Of(typeof(ItemRegistered)) with { OwnedSince = new(2025, 3, 10) };
        var json = Write(registered);
        Assert.Contains("\"ownedSince\":\"2025-03-10\"", json, StringComparison.Ordinal);
        Assert.Equal(json, Write(JsonSerializer.Deserialize<ItemRegistered>(json, WireJson.Options)!));
    }

    [Fact]
    public void has_no_golden_that_nothing_writes() =>
        Assert.Empty(
            Directory
                .GetFiles(Folder(), "*.json")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Where(name => EventCatalog.OfWireName(name) is null)
        );

    static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
