using System.Collections.Frozen;

namespace Ledger.Kernel;

/// <summary>A place of GB/T 2260.</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Level"><c>province</c>, <c>prefecture</c> or <c>county</c>.</param>
/// <param name="Parent">Code of the place above, empty for the province.</param>
public sealed record Division(string Code, string Name, string Level, string Parent);

/// <summary>The 205 divisions of Sichuan: province, 21 prefectures, 183 counties (shared data, carried by the
/// product).</summary>
public static class Divisions
{
    static readonly FrozenDictionary<string, Division> ByCode = Load()
        .ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);

    public static IEnumerable<Division> All => ByCode.Values.OrderBy(d => d.Code, StringComparer.Ordinal);

    public static Division? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>The code's stem shared by all places inside it: 2 digits of a province, 4 of a prefecture, 6 of a
    /// county.</summary>
    public static string Stem(Division division) =>
        division.Level switch
        {
            "province" => division.Code[..2],
            "prefecture" => division.Code[..4],
            _ => division.Code,
        };

    static IEnumerable<Division> Load()
    {
        using var stream =
            typeof(Divisions).Assembly.GetManifestResourceStream("sichuan-divisions.csv")
            ?? throw new InvalidOperationException("The list of divisions is missing from the assembly.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            yield return new(cells[0], cells[1], cells[2], cells[3]);
        }
    }
}
