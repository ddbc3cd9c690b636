using Ledger.Store.Witness;

namespace Store.Tests.Witness;

/// <summary>The file that a witness must not lose and must not take back.</summary>
public sealed class Keeping_a_text_in_two_slots : IDisposable
{
    const int Slot = 16 * 1024;

    readonly string path = Path.Combine(Directory.CreateTempSubdirectory("ledger-slots-").FullName, "text");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task WriteAsync(params string[] texts)
    {
        using var file = new TwoSlotFile(path);
        foreach (var text in texts)
            Assert.Equal(text, await file.ChangeAsync(_ => text, Stop));
    }

    async Task<string?> ReadAsync()
    {
        using var file = new TwoSlotFile(path);
        return await file.ReadAsync(Stop);
    }

    [Fact]
    public async Task Gives_back_the_last_one()
    {
        Assert.Null(await ReadAsync());
        await WriteAsync("one", "two", "三");
        Assert.Equal("三", await ReadAsync());
    }

    [Fact]
    public async Task Gives_the_one_before_where_the_last_was_torn_at_any_byte()
    {
        await WriteAsync("the text before");
        var before = await File.ReadAllBytesAsync(path, Stop);
        await WriteAsync("the text after it");
        var after = await File.ReadAllBytesAsync(path, Stop);
        // The first text lies in the second slot, the second in the first: what comes between is part of a write.
        var changed = Enumerable.Range(0, Slot).Last(i => after[i] != before[i]);
        for (var torn = 0; torn <= changed; torn++)
        {
            await File.WriteAllBytesAsync(path, [.. after[..torn], .. before[torn..]], Stop);
            Assert.Equal("the text before", await ReadAsync());
        }
        await File.WriteAllBytesAsync(path, after, Stop);
        Assert.Equal("the text after it", await ReadAsync());
    }

    [Fact]
    public async Task Writes_over_what_was_torn_and_goes_on()
    {
        await WriteAsync("one", "two");
        var bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes[45] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Stop);
        Assert.Equal("one", await ReadAsync());
        await WriteAsync("three");
        Assert.Equal("three", await ReadAsync());
    }

    [Fact]
    public async Task Takes_garbage_for_nothing()
    {
        var garbage = new byte[2 * Slot];
        for (var i = 0; i < garbage.Length; i++)
            garbage[i] = (byte)(i * 7 % 251);
        foreach (var some in (byte[][])[garbage, [.. garbage.Select(_ => (byte)0xFF)], garbage[..43], new byte[Slot]])
        {
            await File.WriteAllBytesAsync(path, some, Stop);
            Assert.Null(await ReadAsync());
        }
        await WriteAsync("one");
        Assert.Equal("one", await ReadAsync());
    }

    [Fact]
    public async Task Leaves_the_text_where_nothing_is_to_be_changed()
    {
        await WriteAsync("one");
        var before = await File.ReadAllBytesAsync(path, Stop);
        using var file = new TwoSlotFile(path);
        Assert.Equal("one", await file.ChangeAsync(_ => null, Stop));
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => file.ChangeAsync(_ => new('x', Slot), Stop));
        Assert.Equal("one", await file.ReadAsync(Stop));
    }

    [Fact]
    public async Task Loses_no_change_of_several_handles()
    {
        using var one = new TwoSlotFile(path);
        using var two = new TwoSlotFile(path);
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => Task.Run(() => (i % 2 == 0 ? one : two).ChangeAsync(t => t + "x", Stop), Stop))
        );
        Assert.Equal(new string('x', 40), await ReadAsync());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
}
