using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Kernel.Identifiers;

namespace Ledger.Kernel;

/// <summary>
/// A party of a market (or other scope). At the edge it is the market's own word, <c>MK-510100-0007/K-118</c>; in
/// events
/// its place is taken by the random id that the vault gave it, <c>MK-510100-0007/p:…</c>, so that the word can be
/// erased
/// while every event stands. A market's word says the same party only within its scope; an organisation's unified
/// social credit code says the same one whoever writes it, and its scope is <see cref="Organisations"/>. No name, phone
/// or identity number may stand here: <see cref="Parse"/> refuses what it can recognise.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed record PartyRef(string Scope, string Reference)
{
    public const int Longest = 128;
    const string IdMark = "p:";

    /// <summary>The scope of all who are known by their own code, in every market.</summary>
    public const string Organisations = "org";

    /// <summary>An organisation by its code.</summary>
    public static PartyRef Organisation(string uscc) => new(Organisations, uscc);

    /// <summary>Whether it is certainly another party than this one: two words of one scope, or an organisation known
    /// by its code and anything else. What two markets call by words of theirs cannot be compared.</summary>
    public bool IsOtherThan(PartyRef other) =>
        this != other && (Scope == other.Scope || Scope == Organisations || other.Scope == Organisations);

    /// <summary>A party by its id in the vault.</summary>
    public static PartyRef Of(string scope, Guid subject) =>
        new(scope, IdMark + Base64Url.EncodeToString(subject.ToByteArray(bigEndian: true)));

    /// <summary>The id in the vault, or null where the reference is the market's own word.</summary>
    public Guid? Subject => IdOf(Reference);

    /// <summary>Whether its text could be read as another party's: the reference of whoever acts without a site is a
    /// scope, and may hold a slash as a word may.</summary>
    public bool HasSlash =>
        Scope.Contains('/', StringComparison.Ordinal) || Reference.Contains('/', StringComparison.Ordinal);

    internal static Guid? IdOf(ReadOnlySpan<char> reference)
    {
        if (reference.Length != IdMark.Length + 22 || !reference.StartsWith(IdMark, StringComparison.Ordinal))
            return null;
        var text = reference[IdMark.Length..];
        Span<byte> id = stackalloc byte[16];
        Span<char> again = stackalloc char[22];
        // Asked first, since decoding throws at what is none; and an id has one text.
        return
            Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, id, out var n)
            && n == id.Length
            && Base64Url.EncodeToChars(id, again) == again.Length
            && text.SequenceEqual(again)
            ? new Guid(id, bigEndian: true)
            : null;
    }

    /// <summary>A party that may be unknown, mapped where it is known.</summary>
    public static PartyRef? Map(PartyRef? party, Func<PartyRef, PartyRef> map) => party is null ? null : map(party);

    /// <param name="text">A reference, alone, with its market before the first <c>/</c>, or as <see cref="ToString"/>
    /// has one whose scope holds a slash.</param>
    /// <param name="scope">The market or register that gave a reference that stands alone.</param>
    public static (PartyRef? Party, Refusal? Refusal) Parse(string text, string scope, string field)
    {
        var trimmed = text.Trim();
        if (PlainText.Check(trimmed, Longest) is { } bad)
            return (null, bad.At(field));
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        var own = slash > 0 && MarketCode.IsWellFormed(trimmed[..slash]);
        var escaped = PartyText.ReadEscaped(trimmed);
        var reference =
            escaped is not null ? escaped.Reference
            : own ? trimmed[(slash + 1)..].Trim()
            : trimmed;
        if (reference.Length == 0)
            return (null, Refusal.Of("value-missing", ("name", field)).At(field));
        if (IsPersonalNumber(reference))
            return (null, Refusal.Of("personal-data-in-public-field", ("name", field)).At(field));
        return (escaped ?? new(own ? trimmed[..slash] : scope, reference), null);
    }

    /// <summary>
    /// What we can recognise of a person: a resident identity number or a mobile number, also full-width, spaced, with
    /// country code, or behind a slash.
    /// </summary>
    public static bool IsPersonalNumber(string text) =>
        text.Normalize(System.Text.NormalizationForm.FormKC)
            .Split('/', '\\')
            .Select(part => string.Concat(part.Where(c => c is not (' ' or '-'))))
            .Any(part =>
                ResidentId.IsValid(part)
                || LooksLikeMobile(part.StartsWith("+86", StringComparison.Ordinal) ? part[3..] : part)
            );

    static bool LooksLikeMobile(string text) =>
        text.Length == 11 && text[0] == '1' && text[1] is >= '3' and <= '9' && text.All(char.IsAsciiDigit);

    /// <summary>One text for one party (<see cref="PartyText"/>).</summary>
    public override string ToString() => PartyText.Of(this);

    sealed class Converter : JsonConverter<PartyRef>
    {
        public override PartyRef Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("A party reference is a string.");
            return text.Contains('/', StringComparison.Ordinal) ? PartyText.Read(text) : new("local", text);
        }

        public override void Write(Utf8JsonWriter writer, PartyRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
