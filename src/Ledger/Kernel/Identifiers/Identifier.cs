using System.Collections.Immutable;

namespace Ledger.Kernel.Identifiers;

/// <summary>What a thing is known by: kind and normal form, <c>vin:LSVAM4187C2184847</c> (contract.md §3).</summary>
public sealed record Identifier(string Kind, string Value)
{
    public override string ToString() => $"{Kind}:{Value}";

    /// <summary>Every kind there is; a goods category names those it may have.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["vin", "imei", "serial", "tag", "battery", "register"];

    /// <summary>Reads <c>kind:value</c> into its normal form. Shape only; check digits are judged by rules (rules.md
    /// §2).</summary>
    public static (Identifier? Identifier, Refusal? Refusal) Parse(string text)
    {
        var trimmed = text.Trim();
        if (PlainText.Check(trimmed, 300) is { } bad)
            return (null, bad);
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return (null, Malformed("identifier-malformed", trimmed));
        var kind = trimmed[..colon].Trim().ToLowerInvariant();
        var raw = trimmed[(colon + 1)..];
        return kind switch
        {
            "vin" => Shaped(new(kind, Joined(raw)), v => Vin.HasShape(v), "vin-malformed"),
            "imei" => Shaped(new(kind, Joined(raw)), Imei.HasShape, "imei-malformed"),
            "serial" => Shaped(new(kind, Serial.Normal(raw)), Serial.HasShape, "serial-malformed"),
            "tag" => Shaped(new(kind, PlainText.Normal(raw)), LedgerTag.HasShape, "tag-malformed"),
            "battery" => Shaped(new(kind, PlainText.Normal(raw)), BatteryCode.MayBe, "battery-code-malformed"),
            "register" => Shaped(new(kind, raw.Trim()), RegisterNumber.HasShape, "register-malformed"),
            _ => (null, Malformed("identifier-kind-unknown", kind)),
        };
    }

    /// <summary>Whether a text that is given as one identifier names another one behind a separator: bound as one, the
    /// other would be lost in it. Only what is bound anew is asked; what was recorded so keeps its name.</summary>
    public static bool NamesSeveral(string text)
    {
        var folded = text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
        return folded.Contains(';', StringComparison.Ordinal)
            || Kinds.Any(kind => Parts.Any(p => folded.Contains($"{p}{kind}:", StringComparison.Ordinal)));
    }

    static readonly char[] Parts = ['|', ',', ' ', '、', '\t', '\n', '+', '&'];

    /// <summary>Why a command or a row cannot name so many things; null: it can.</summary>
    /// <param name="member">That names them.</param>
    public static Refusal? WrongCount(int count, string member) =>
        count is 0 or > Bounds.MostIdentifiers
            ? Refusal
                .Of(
                    "value-out-of-range",
                    ("name", member),
                    ("value", count),
                    ("least", 1),
                    ("most", Bounds.MostIdentifiers)
                )
                .At(member)
            : null;

    /// <summary>Reads several, parted by <c>;</c>, full-width too; at least one, none twice.</summary>
    public static (ImmutableArray<Identifier> Identifiers, Refusal? Refusal) ParseAll(string text)
    {
        var found = ImmutableArray.CreateBuilder<Identifier>();
        foreach (
            var part in text.Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var (identifier, refusal) = NamesSeveral(part)
                ? (null, Malformed("identifier-malformed", part))
                : Parse(part);
            if (identifier is null)
                return ([], refusal);
            if (Placeholder.Is(identifier))
                return ([], Placeholder.Refused(part).At("identifiers"));
            if (!found.Contains(identifier))
                found.Add(identifier);
        }
        return found.Count == 0
            ? ([], Refusal.Of("value-missing", ("name", "identifiers")))
            : (found.ToImmutable(), null);
    }

    static string Joined(string raw) =>
        PlainText.Normal(raw).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    static (Identifier?, Refusal?) Shaped(Identifier identifier, Func<string, bool> hasShape, string code) =>
        hasShape(identifier.Value) ? (identifier, null) : (null, Malformed(code, identifier.Value));

    static Refusal Malformed(string code, string value) =>
        Refusal.Of(code, ("value", Bounds.Short(value))).At("identifiers");
}

/// <summary>An identifier as it stands in events: kind and the base64url of its 32-byte handle (domain.md
/// §2).</summary>
public sealed record IdentifierRef(string Kind, string Handle);

/// <summary>An identifier together with its handle, as the edge hands it to a decider.</summary>
public sealed record NamedIdentifier(Identifier Identifier, string Handle)
{
    public IdentifierRef Ref => new(Identifier.Kind, Handle);
}
