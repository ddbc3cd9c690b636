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
/// while every event stands. Two references say the same party only within one scope. No name, phone or identity number
/// may stand here: <see cref="Parse"/> refuses what it can recognise.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed record PartyRef(string Scope, string Reference)
{
    public const int Longest = 128;
    const string IdMark = "p:";

    /// <summary>A party by its id in the vault.</summary>
    public static PartyRef Of(string scope, Guid subject) =>
        new(scope, IdMark + Base64Url.EncodeToString(subject.ToByteArray(bigEndian: true)));

    /// <summary>The id in the vault, or null where the reference is the market's own word.</summary>
    public Guid? Subject
    {
        get
        {
            Span<byte> id = stackalloc byte[16];
            return
                Reference.Length == IdMark.Length + 22
                && Reference.StartsWith(IdMark, StringComparison.Ordinal)
                && Base64Url.TryDecodeFromChars(Reference.AsSpan(IdMark.Length), id, out var n)
                && n == 16
                ? new Guid(id, bigEndian: true)
                : null;
        }
    }

    /// <summary>A party that may be unknown, mapped where it is known.</summary>
    public static PartyRef? Map(PartyRef? party, Func<PartyRef, PartyRef> map) => party is null ? null : map(party);

    /// <param name="text">A reference, alone or with its market before the first <c>/</c>.</param>
    /// <param name="scope">The market or register that gave a reference that stands alone.</param>
    public static (PartyRef? Party, Refusal? Refusal) Parse(string text, string scope, string field)
    {
        var trimmed = text.Trim();
        if (PlainText.Check(trimmed, Longest) is { } bad)
            return (null, bad.At(field));
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        var own = slash > 0 && MarketCode.IsWellFormed(trimmed[..slash]);
        var reference = own ? trimmed[(slash + 1)..].Trim() : trimmed;
        if (reference.Length == 0)
            return (null, Refusal.Of("value-missing", ("name", field)).At(field));
        if (IsPersonalNumber(reference))
            return (null, Refusal.Of("personal-data-in-public-field", ("name", field)).At(field));
        return (new(own ? trimmed[..slash] : scope, reference), null);
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

    public override string ToString() => $"{Scope}/{Reference}";

    sealed class Converter : JsonConverter<PartyRef>
    {
        public override PartyRef Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("A party reference is a string.");
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? new("local", text) : new(text[..slash], text[(slash + 1)..]);
        }

        public override void Write(Utf8JsonWriter writer, PartyRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
