using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Support;

namespace Ledger.Tests.Kernel;

public sealed class Handles_of_things
{
    static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    static Handles Handles => TestLedger.Handles;

    static byte[] Mac(params string[] parts) =>
        HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(string.Join('\0', parts)));

    [Fact]
    public void are_the_formula_of_the_design()
    {
        var vin = new Identifier("vin", "LSVAM4187C2184847");
        Assert.Equal(Mac("id", "vin", "LSVAM4187C2184847"), Handles.Of(vin));
        Assert.Equal(Base64Url.EncodeToString(Mac("id", "vin", "LSVAM4187C2184847")), Handles.Text(vin));
        Assert.Equal(new IdentifierRef("vin", Handles.Text(vin)), Handles.Name(vin).Ref);
    }

    [Fact]
    public void of_an_alias_are_those_of_its_identifier()
    {
        Assert.Equal(Handles.Of(new Identifier("vin", "A")), Handles.Of(new ReservationKey("alias:vin", "A")));
        Assert.Equal(Mac("guard", "cars", "MK/K:2026"), Handles.Of(new ReservationKey("cars", "MK/K:2026")));
    }

    [Fact]
    public void of_an_event_are_uuid_8_of_the_formula()
    {
        var mac = Mac("jti", "scope", "key", "3")[..16];
        var id = Handles.EventId("scope", "key", 3);
        var bytes = id.ToByteArray(bigEndian: true);
        Assert.Equal(8, id.Version);
        Assert.Equal(0x80, bytes[8] & 0xC0);
        Assert.Equal(mac[..6], bytes[..6]);
        Assert.Equal(
            (mac[7], mac[9..]),
            (bytes[7], bytes[9..]),
            (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)
        );
    }

    [Fact]
    public void of_an_event_are_stable() =>
        Assert.Equal(new Handles([.. Key]).EventId("s", "k", 0), Handles.EventId("s", "k", 0));

    [Fact]
    public void differ_by_scope_key_position_and_purpose()
    {
        Guid[] ids =
        [
            Handles.EventId("s", "k", 0),
            Handles.EventId("s", "k", 1),
            Handles.EventId("s", "l", 0),
            Handles.EventId("t", "k", 0),
            Handles.EntityId("item", "s", "k"),
            Handles.EntityId("deal", "s", "k"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void differ_by_their_secret() =>
        Assert.NotEqual(new Handles(new byte[32]).EventId("s", "k", 0), Handles.EventId("s", "k", 0));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void need_a_secret_of_32_bytes(int length) =>
        Assert.Throws<ArgumentException>(() => new Handles(new byte[length]));

    [Fact]
    public void of_a_command_tell_a_repeat_from_another_body()
    {
        var said = Handles.CommandHash("POST", "/items", "{}"u8);
        Assert.Equal(Convert.ToHexStringLower(Mac("cmd", "POST", "/items", "{}").AsSpan(0, 16)), $"{said}");
        Assert.NotEqual(said, Handles.CommandHash("POST", "/items", "{ }"u8));
        Assert.NotEqual(said, Handles.CommandHash("POST", "/item", "s{}"u8));
    }
}
