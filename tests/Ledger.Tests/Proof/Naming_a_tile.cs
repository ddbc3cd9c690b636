using System.Globalization;
using System.Text.Json;
using CsCheck;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

/// <summary>Paths of tiles and bundles, both ways.</summary>
public sealed class Naming_a_tile
{
    static readonly JsonElement Vectors = JsonElement.Parse(File.ReadAllText(Places.SharedVectors("tiles-paths.json")));

    static JsonElement[] Cases(string name) => [.. Vectors.GetProperty(name).EnumerateArray()];

    static ulong Number(JsonElement line, string name) => line.GetProperty(name).GetUInt64();

    [Fact]
    public void gives_the_path_of_every_tile_of_the_vectors()
    {
        var cases = Cases("tile_path");
        Assert.NotEmpty(cases);
        foreach (var line in cases)
        {
            var width = (int)Number(line, "w") is 0 ? Tile.Width : (int)Number(line, "w");
            var tile = new TilePath((int)Number(line, "level"), Number(line, "n"), width);
            Assert.Equal((line.Text("path"), tile), (tile.Text, TilePath.Read(line.Text("path"))));
        }
    }

    [Fact]
    public void gives_the_bundle_of_every_entry_of_the_vectors()
    {
        var cases = Cases("entry_path_for_index");
        Assert.NotEmpty(cases);
        foreach (var line in cases)
        {
            var number = Number(line, "seq") / Tile.Width;
            var width = (int)Math.Min(Tile.Width, Number(line, "size") - number * Tile.Width);
            var bundle = new TilePath(null, number, width);
            Assert.Equal((line.Text("path"), bundle), (bundle.Text, TilePath.Read(line.Text("path"))));
        }
    }

    [Fact]
    public void knows_how_wide_the_partial_tiles_of_a_size_are()
    {
        var cases = Cases("tile_set");
        Assert.NotEmpty(cases);
        foreach (var line in cases)
            for (var level = 0; line.TryGetProperty(At(level, "partial"), out var partial); level++)
            {
                var size = Number(line, "size");
                Assert.Equal(partial.GetInt32(), RightEdge.WidthAt(size, level));
                Assert.Equal(Number(line, At(level, "full")), RightEdge.NumberAt(size, level));
            }
    }

    static string At(int level, string what) => string.Create(CultureInfo.InvariantCulture, $"level{level}_{what}");

    [Fact]
    public void is_undone_by_reading() =>
        Gen.Select(Gen.Int[-1, 63], Gen.ULong, Gen.Int[1, 256])
            .Sample(
                (level, number, width) =>
                {
                    var tile = new TilePath(level < 0 ? null : level, number, width);
                    return TilePath.Read(tile.Text) == tile;
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("Tile/0/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/ 1/000")]
    [InlineData("tile/٠/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/234")]
    [InlineData("tile/0/X001/234")]
    [InlineData("tile/0/x01/234")]
    [InlineData("tile/0/x0001/234")]
    [InlineData("tile/0/x+01/234")]
    [InlineData("tile/0//234")]
    [InlineData("tile/0/x018/x446/x744/x073/x709/x551/616")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000.P/1")]
    [InlineData("tile/0/000p/1")]
    [InlineData("tile/0.p/1")]
    [InlineData("tile/0/../000")]
    public void is_refused_in_any_other_spelling(string path) => Assert.Null(TilePath.Read(path));
}
