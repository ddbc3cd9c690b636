using System.Diagnostics;
using Api.Import;
using Api.Tests.Cli;

namespace Api.Tests.Import;

/// <summary>Folders, pipes, devices, links, files of others: told in a sentence, and nothing is lost.</summary>
public sealed class Importing_what_is_no_file
{
    [Fact]
    public async Task a_folder_is_told()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var folder = Directory.CreateDirectory(Path.Combine(ledger.Folder, "sales.csv")).FullName;
        await UsedWronglyAsync(ledger, folder, "is a folder");
    }

    [Fact]
    public async Task a_pipe_is_not_waited_for()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var pipe = Path.Combine(ledger.Folder, "sales.csv");
        await RunAsync("mkfifo", pipe);
        await UsedWronglyAsync(ledger, pipe, "pipe");
        await UsedWronglyAsync(ledger, ledger.Write("good.csv", Sale.File(new Sale("one"))), "pipe", "--map", pipe);
    }

    [Fact]
    public async Task a_device_is_not_read()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var link = Path.Combine(ledger.Folder, "sales.csv");
        File.CreateSymbolicLink(link, "/dev/zero");
        await UsedWronglyAsync(ledger, link, "device");
    }

    [Theory]
    [InlineData("sales.csv")]
    [InlineData("sales.jsonl")]
    public void a_file_that_becomes_shorter_while_it_is_read_is_told(string name)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-import-").FullName;
        var file = Path.Combine(folder, name);
        var line = name.EndsWith(".csv", StringComparison.Ordinal) ? "a,b" : "{\"a\":\"b\"}";
        File.WriteAllText(file, string.Concat(Enumerable.Repeat($"{line}\n", 800_000)));
        using (var source = RowSource.Open(file, null))
        {
            using (var writer = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                writer.SetLength(writer.Length / 2);
            var told = Assert.Throws<NotWhatItClaimsException>(() => source.Rows().Count());
            Assert.Contains("shorter", told.Message, StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("missing.csv")]
    [InlineData("")]
    [InlineData("\n.csv")]
    public async Task a_file_that_is_not_there_is_told(string name)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await UsedWronglyAsync(ledger, name, "There is no file");
    }

    [Theory]
    [InlineData("销售 表.csv")]
    [InlineData("a'b\"c$d`e;f&g|h*.csv")]
    [InlineData("-rf .csv")]
    [InlineData("line\nbreak.csv")]
    [InlineData("SALES.CSV")]
    public async Task a_file_of_an_odd_name_is_read(string name)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await Importing.AllRecordedAsync(ledger, ledger.Write(name, Sale.File(new Sale("one"))), 1);
    }

    [Fact]
    public async Task a_list_of_refused_rows_never_replaces_what_is_read()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var text = Sale.File(new Sale("one") { Price = "-1" });
        var file = ledger.Write("sales.csv", text);
        var map = ledger.Write("map.json", "{}");
        var link = Path.Combine(ledger.Folder, "elsewhere");
        Directory.CreateSymbolicLink(link, ledger.Folder);
        await RunAsync("ln", file, Path.Combine(ledger.Folder, "hard.csv"));
        foreach (
            var target in (string[])
                [
                    file,
                    Path.Combine(link, "sales.csv"),
                    Path.Combine(ledger.Folder, ".", "sales.csv"),
                    Path.Combine(ledger.Folder, "hard.csv"),
                ]
        )
            await UsedWronglyAsync(ledger, file, "which is read", "--rejected", target);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await UsedWronglyAsync(ledger, file, "", "--map", map, "--rejected", map);
        Assert.True(File.Exists(map));
    }

    [Fact]
    public async Task a_list_of_refused_rows_replaces_only_its_like()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Sale.File(new Sale("one") { Price = "-1" }));
        var thesis = ledger.Write("thesis.csv", "years,of,work\n");
        await UsedWronglyAsync(ledger, file, "left as it is", "--rejected", thesis);
        Assert.Equal("years,of,work\n", await File.ReadAllTextAsync(thesis, TestContext.Current.CancellationToken));
        var list = Path.Combine(ledger.Folder, "refused.csv");
        foreach (var _ in (int[])[1, 2])
            Assert.Equal(1, (await ledger.ImportAsync(file, "--rejected", list)).Exit);
        Assert.Single(ScratchLedger.Rejected(list));
    }

    [Theory]
    [InlineData("", "names no file")]
    [InlineData(".", "is a folder")]
    [InlineData("/proc/self/refused.csv", "refused.csv")]
    public async Task a_place_for_refused_rows_that_is_none_is_told_before_the_first_row(string target, string told)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Sale.File(new Sale("one")));
        await UsedWronglyAsync(ledger, file, told, "--rejected", target);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":\"ledger-map/1\",\"columns\":{\"row_key\":{\"const\":\"\\ud800\"}}}")]
    [InlineData("{\"format\":\"ledger-map/1\",\"encoding\":\"utf-7\",\"columns\":{}}")]
    [InlineData("{\"format\":\"ledger-map/1\",\"delimiter\":\"\\\"\",\"columns\":{}}")]
    [InlineData("{\"format\":\"ledger-map/1\",\"zone\":\"../../etc/passwd\",\"columns\":{}}")]
    public async Task a_map_that_is_none_is_told(string text)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var map = ledger.Write("map.json", text);
        await UsedWronglyAsync(ledger, ledger.Write("sales.csv", Sale.File(new Sale("one"))), map, "--map", map);
    }

    [Fact]
    public async Task a_map_that_is_a_folder_is_told()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Sale.File(new Sale("one")));
        await UsedWronglyAsync(ledger, file, "folder", "--map", ledger.Folder);
    }

    static async Task UsedWronglyAsync(ScratchLedger ledger, string file, string told, params string[] options)
    {
        var ran = await ledger.ImportAsync(file, options);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(told, ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, await ledger.EventsAsync());
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
