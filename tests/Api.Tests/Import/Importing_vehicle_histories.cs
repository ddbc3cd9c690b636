using Api.Tests.Cli;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Support;
using Sylvan.Data.Csv;

namespace Api.Tests.Import;

/// <summary>The French register of the shared data, imported twice.</summary>
public sealed class VehicleHistories : IAsyncLifetime
{
    public const string Missing = "shared/data/vehicle-histories.csv is not beside the project";

    public static string? File { get; } = Places.SharedData("vehicle-histories.csv");
    public static string Map { get; } = Path.Combine(Places.Root, "ops", "maps", "vehicle-histories.json");

    internal ScratchLedger? Ledger { get; private set; }
    internal Ran? First { get; private set; }
    internal Ran? Second { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (File is null)
            return;
        Ledger = await ScratchLedger.OpenAsync();
        First = await Ledger.ImportAsync(File, "--map", Map, "--rejected", Path.Combine(Ledger.Folder, "rejected.csv"));
        Second = await Ledger.ImportAsync(
            File,
            "--map",
            Map,
            "--rejected",
            Path.Combine(Ledger.Folder, "rejected.csv")
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (Ledger is not null)
            await Ledger.DisposeAsync();
    }
}

[TakesLong]
public sealed class Importing_vehicle_histories(VehicleHistories register) : IClassFixture<VehicleHistories>
{
    [Fact]
    public void records_every_row()
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        Assert.Equal((0, new Counts(8599, 8599, 0, 0, 0, 10323)), (register.First!.Exit, register.First.Counts));
    }

    [Fact]
    public async Task a_second_time_records_nothing()
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        Assert.Equal((0, new Counts(8599, 0, 8599, 0, 0, 0)), (register.Second!.Exit, register.Second.Counts));
        Assert.Equal(10323, await register.Ledger!.EventsAsync());
    }

    [Fact]
    public async Task shows_a_vehicle_of_two_rows_in_three_lines()
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        var history = await register.Ledger!.RunAsync("history", "register:histovec/10000303257", "--json");
        Assert.Equal(0, history.Exit);
        Assert.Equal(
            ["item-registered.v1", "ownership-transferred.v1", "ownership-transferred.v1"],
            history.Lines.Select(e => e.GetProperty("type").GetString())
        );
        Assert.All(history.Lines, e => Assert.Equal("histovec", e.GetProperty("source").GetString()));
        Assert.Equal(
            ["2010-02-15T11:27:04.724Z", "2010-02-15T11:27:04.724Z", "2013-12-19T10:53:52.434Z"],
            history.Lines.Select(e => e.GetProperty("occurredAt").GetString())
        );
    }

    [Fact]
    public async Task takes_local_midnight_for_a_day()
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        Assert.Equal(
            1976,
            await register.Ledger!.CountAsync(
                $"""
                select count(*) from ledger.mt_events
                where type <> 'item-registered.v1' and headers::jsonb @@ '$.**.precision == "day"'
                """
            )
        );
    }

    [Fact]
    public async Task agrees_with_the_register_on_oppositions() =>
        await AgreeAsync(
            "opposition",
            "Y",
            atLeast: 1723,
            item => item.Encumbrances.Holds.Any(h => h.Kind is "otci" or "ove")
        );

    [Fact]
    public async Task agrees_with_the_register_on_liens() =>
        await AgreeAsync(
            "lien",
            "Y",
            atLeast: 1722,
            item => item.Encumbrances.Liens.Any(l => l.Extended || l.On >= new DateOnly(2006, 1, 1))
        );

    async Task AgreeAsync(string column, string yes, int atLeast, Func<Item, bool> rule)
    {
        Assert.SkipWhen(VehicleHistories.File is null, VehicleHistories.Missing);
        var said = Column(column);
        Assert.Equal(1724, said.Count);
        Assert.Equal(2, said.Values.Distinct().Count());
        await using var ledger = await TestLedger.OpenAsync(register.Ledger!.Connection);
        var byHandle = said.Keys.ToDictionary(v =>
            TestLedger.Handles.Text(Identifier.Parse($"register:histovec/{v}").Identifier!)
        );
        var (items, agreed) = (0, 0);
        await foreach (
            var page in ledger.Reader.PagesAsync(GoodsStreams.Item, 500, TestContext.Current.CancellationToken)
        )
        foreach (
            var (_, events) in await ledger.Reader.StreamsAsync(
                page,
                long.MaxValue,
                TestContext.Current.CancellationToken
            )
        )
        {
            var item = ItemFold.Fold(events)!;
            var vehicle = byHandle[item.Identifiers.Single().Handle];
            items++;
            if (rule(item) == (said[vehicle] == yes))
                agreed++;
            else
                Show(vehicle, said[vehicle], events);
        }
        Assert.Equal(1724, items);
        Assert.InRange(agreed, atLeast, 1724);
    }

    static void Show(string vehicle, string said, List<StoredEvent> events) =>
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{vehicle} register says {said}:\n{string.Join("\n", events.Select(Shown))}"
        );

    static string Shown(StoredEvent e) => $"  {Instants.Text(e.Envelope.OccurredAt)} {e.Type} {e.Event.Facts}";

    static Dictionary<string, string> Column(string name)
    {
        using var csv = CsvDataReader.Create(VehicleHistories.File!);
        var (id, at) = (csv.GetOrdinal("vehicle_id"), csv.GetOrdinal(name));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (csv.Read())
            found[csv.GetString(id)] = csv.GetString(at);
        return found;
    }
}
