using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel.Identifiers;

namespace Ledger.Kernel;

/// <summary>
/// Pseudonyms and ids under the key Kh (proof.md §4, §6): whoever has the database without the key can neither
/// enumerate
/// VINs nor guess event ids. Kh is made at the first start and kept outside the database.
/// </summary>
public sealed class Handles(byte[] key)
{
    readonly byte[] key = key.Length == 32 ? key : throw new ArgumentException("Kh has 32 bytes.", nameof(key));

    /// <summary>HMAC-SHA-256(Kh, "id" 00 kind 00 value).</summary>
    public byte[] Of(Identifier identifier) => Mac($"id\0{identifier.Kind}\0{identifier.Value}");

    /// <summary>Base64url of <see cref="Of(Identifier)"/>, as events carry it.</summary>
    public string Text(Identifier identifier) => Base64Url.EncodeToString(Of(identifier));

    public NamedIdentifier Name(Identifier identifier) => new(identifier, Text(identifier));

    /// <summary>The key of a reservation: an alias has its identifier's handle, any other the handle of its
    /// text.</summary>
    public byte[] Of(ReservationKey reservation) =>
        reservation.Kind.StartsWith("alias:", StringComparison.Ordinal)
            ? Of(new Identifier(reservation.Kind["alias:".Length..], reservation.Text))
            : Mac($"guard\0{reservation.Kind}\0{reservation.Text}");

    /// <summary>The pseudonym of a stream in leaves: HMAC-SHA-256(Kh, "stream" 00 uuid), lower-case text.</summary>
    public byte[] OfStream(Guid stream) => Mac($"stream\0{stream}");

    /// <summary>
    /// A party within one stream: HMAC(Kh, "party" 00 stream 00 subject). Leaves show that seller and owner of one item
    /// are the same, for ever and also after erasure, and nothing across items.
    /// </summary>
    public byte[] OfParty(Guid stream, Guid subject) => Mac($"party\0{stream}\0{subject}");

    /// <summary>An acting organisation in leaves: HMAC(Kh, "actor" 00 reference).</summary>
    public byte[] OfActor(string actor) => Mac($"actor\0{actor}");

    /// <summary>Where the vault looks a party up: HMAC(Kh, "blind" 00 kind 00 text).</summary>
    public byte[] OfBlind(string kind, string text) => Mac($"blind\0{kind}\0{text}");

    /// <summary>The same for a party whose scope or word holds a slash, so that no other is found there: HMAC(Kh,
    /// "blind" 00 kind 00 scope 00 word). No text has a zero.</summary>
    public byte[] OfBlind(string kind, PartyRef party) => OfBlind(kind, $"{party.Scope}\0{party.Reference}");

    /// <summary>The event id at a position of a command: UUID v8 of HMAC(Kh, "jti" 00 scope 00 key 00
    /// position).</summary>
    public Guid EventId(string scope, string commandKey, int position) =>
        Version8(Mac($"jti\0{scope}\0{commandKey}\0{position}"));

    /// <summary>The id of what a command makes (item, listing, deal): the same command makes the same thing.</summary>
    public Guid EntityId(string what, string scope, string commandKey) =>
        Version8(Mac($"entity\0{what}\0{scope}\0{commandKey}"));

    /// <summary>What a command said, in 16 bytes: HMAC(Kh, "cmd" 00 method 00 path 00 body); tells a repeat from
    /// a reuse of its key.</summary>
    public CommandHash CommandHash(string method, string path, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"cmd\0{method}\0{path}\0"));
        mac.AppendData(body);
        return Kernel.CommandHash.Read(mac.GetHashAndReset());
    }

    /// <summary>A secret that a command makes, 32 bytes of HMAC(Kh, "token" 00 what 00 scope 00 key): nobody guesses it,
    /// and its repeat makes the same.</summary>
    public byte[] Token(string what, string scope, string commandKey) => Mac($"token\0{what}\0{scope}\0{commandKey}");

    byte[] Mac(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    static Guid Version8(byte[] mac)
    {
        var bytes = mac.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
