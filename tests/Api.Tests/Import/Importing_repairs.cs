using System.Text.RegularExpressions;
using Api.Tests.Cli;
using Support;
using Sylvan.Data.Csv;

namespace Api.Tests.Import;

public sealed partial class Importing_repairs
{
    [Fact]
    public async Task records_what_is_of_our_goods_and_skips_the_rest_with_reasons_without_free_text()
    {
        var file = Places.SharedData("repairs-fixitclinic.csv");
        Assert.SkipWhen(file is null, "shared/data/repairs-fixitclinic.csv is not beside the project");
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await ledger.ImportAsync(
            file!,
            "--map",
            Path.Combine(Places.Root, "ops", "maps", "repairs-fixitclinic.json"),
            "--rejected",
            Path.Combine(ledger.Folder, "rejected.csv")
        );
        Assert.Equal((0, new Counts(1033, 961, 0, 0, 72, 1922)), (ran.Exit, ran.Counts));
        var skips = ran.Document.GetProperty("skips").EnumerateObject().ToList();
        Assert.Equal(72, skips.Sum(s => s.Value.GetInt32()));
        Assert.All(skips, s => Assert.Contains(' ', s.Name));

        var stored = await ledger.StoredTextAsync();
        Assert.Contains("Food processor", stored, StringComparison.Ordinal);
        var phrases = Phrases(file!);
        Assert.True(phrases.Count > 100, $"only {phrases.Count} phrases");
        Assert.DoesNotContain(phrases, p => stored.Contains(p, StringComparison.OrdinalIgnoreCase));
    }

    static List<string> Phrases(string file)
    {
        using var csv = CsvDataReader.Create(file);
        var at = csv.GetOrdinal("problem");
        var found = new List<string>();
        while (csv.Read())
            if (Phrase().Match(csv.GetString(at)) is { Success: true, Length: >= 30 } match)
                found.Add(match.Value);
        return found;
    }

    [GeneratedRegex("[A-Za-z]+( [a-z]+){3,}")]
    private static partial Regex Phrase();
}
