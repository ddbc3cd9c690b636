using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Tests;

/// <summary>What the members of a record are, in words of the product: for the tables of <c>docs/</c>.</summary>
static partial class MemberWords
{
    static readonly NullabilityInfoContext Nullability = new();

    static readonly Dictionary<Type, string> Plain = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = "yes or no",
        [typeof(Guid)] = "id",
        [typeof(DateOnly)] = "day",
        [typeof(DateTimeOffset)] = "instant",
        [typeof(PartyRef)] = "party",
        [typeof(IdentifierRef)] = "identifier",
        [typeof(StreamRef)] = "stream",
        [typeof(ExtraFields)] = "facts",
        [typeof(LedgerEvent)] = "an event",
    };

    static readonly (string Ending, string Unit)[] Units =
    [
        ("Fen", "amount in fen"),
        ("Km", "kilometres"),
        ("Bytes", "bytes"),
        ("Tenths", "tenths"),
        ("Months", "months"),
        ("Years", "years"),
    ];

    /// <summary>The members of an event, in the order of the wire.</summary>
    public static string OfEvent(Type type) =>
        string.Join(
            " · ",
            type.GetConstructors()[0]
                .GetParameters()
                .Select(p => $"{Name(p)} {What(p.ParameterType, p.Name!)}{Judged(type, p)}{Told(type, p)}")
        );

    /// <summary>What is said of a type; empty where nothing is.</summary>
    public static string Summary(Type type) => Clean(Xml(type, $"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>What is said of a property; empty where nothing is.</summary>
    public static string Summary(PropertyInfo property) =>
        Clean(Xml(property.DeclaringType!, $"P:{NameOf(property.DeclaringType!)}.{property.Name}")?.Element("summary"));

    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    static string Name(ParameterInfo p) =>
        $"`{JsonNamingPolicy.CamelCase.ConvertName(p.Name!)}`{(IsOpen(p) ? "?" : "")}";

    static bool IsOpen(ParameterInfo p) =>
        Nullable.GetUnderlyingType(p.ParameterType) is not null
        || !p.ParameterType.IsValueType && Nullability.Create(p).WriteState == NullabilityState.Nullable;

    static string What(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Plain.TryGetValue(type, out var word))
            return word;
        if (type.IsEnum)
            return $"({string.Join(", ", Enum.GetNames(type).Select(Kebab))})";
        if (type == typeof(int) || type == typeof(long))
            return Units.FirstOrDefault(u => name.EndsWith(u.Ending, StringComparison.Ordinal)).Unit ?? "number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return $"list of {What(type.GetGenericArguments()[0], name)}";
        if (type.IsSubclassOf(typeof(LedgerEvent)))
            return $"all members of `{EventCatalog.OfType(type)!.WireName}`";
        return $"{{{string.Join(", ", type.GetConstructors()[0].GetParameters().Select(p => $"{Name(p)} {What(p.ParameterType, p.Name!)}"))}}}";
    }

    static string Judged(Type type, ParameterInfo p) =>
        type.GetProperty(p.Name!)?.IsDefined(typeof(LedgerDerivedAttribute)) == true ? ", derived by the ledger" : "";

    static string Told(Type type, ParameterInfo p) =>
        Clean(
            Xml(type, $"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(e => e.Attribute("name")?.Value == p.Name)
        )
            is { Length: > 0 } told
            ? $" – {told.TrimEnd('.')}"
            : "";

    static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    static readonly ConditionalWeakTable<Assembly, Dictionary<string, XElement>> Files = [];

    static XElement? Xml(Type type, string member) => Files.GetValue(type.Assembly, Read).GetValueOrDefault(member);

    static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, m => m, StringComparer.Ordinal);

    /// <summary>One line of Markdown.</summary>
    static string Clean(XElement? text)
    {
        if (text is null)
            return "";
        foreach (var see in text.Descendants().Where(d => d.Name.LocalName is "see" or "paramref").ToList())
        {
            var to = see.Attribute("cref")?.Value ?? see.Attribute("name")?.Value ?? "";
            var last = to.Split('.', ':')[^1];
            see.ReplaceWith(
                $"`{(to.StartsWith("T:", StringComparison.Ordinal) ? last : JsonNamingPolicy.CamelCase.ConvertName(last))}`"
            );
        }
        foreach (var code in text.Descendants("c").ToList())
            code.ReplaceWith($"`{code.Value}`");
        return Blanks().Replace(text.Value, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
