using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;
using Support;

namespace Store.Tests;

/// <summary>The write door on real PostgreSQL: recorded, known, refused or stale, each command for itself.</summary>
public sealed class Writing_a_batch
{
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Records_new_streams_and_tells_their_versions()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var outcomes = await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"), Register("b", "1M8GDM9AXKP042788"));
        Assert.All(outcomes, o => Assert.Equal(1, Assert.IsType<WriteOutcome.Appended>(o).Version));
        var stored = Assert.Single(await ledger.Reader.StreamAsync(Item("a"), Stop));
        Assert.Equal(TestLedger.Handles.EventId("test", "a", 0), stored.EventId);
        Assert.Equal("item-registered.v1", stored.Type);
        Assert.Equal(Day, stored.Envelope.OccurredAt);
        Assert.Equal("used-car", Assert.IsType<ItemRegistered>(stored.Event).Category);
    }

    [Fact]
    public async Task Answers_a_repeat_as_known_and_writes_nothing()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"));
        var again = Assert.Single(await ledger.WriteAsync(Register("a", "LSVAM4187C2184847")));
        Assert.IsType<WriteOutcome.Known>(again);
        Assert.Single(await ledger.Reader.StreamAsync(Item("a"), Stop));
    }

    [Fact]
    public async Task Answers_a_repeat_inside_one_batch_as_known()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var outcomes = await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"), Register("a", "LSVAM4187C2184847"));
        Assert.IsType<WriteOutcome.Appended>(outcomes[0]);
        Assert.IsType<WriteOutcome.Known>(outcomes[1]);
    }

    [Fact]
    public async Task Refuses_the_same_key_with_other_content()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"));
        var other = Register("a", "LSVAM4187C2184847") with { Hash = TestLedger.Said("something else") };
        var outcome = Assert.IsType<WriteOutcome.Refused>(Assert.Single(await ledger.WriteAsync(other)));
        Assert.Equal("idempotency-key-reused", outcome.Refusal.Code);
    }

    [Fact]
    public async Task Refuses_what_no_leaf_can_hold_and_lets_its_neighbours_through()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var plain = Register("long", "1M8GDM9AXKP042788");
        var registered = (ItemRegistered)plain.Appends[0].Event;
        var tooLong = plain with
        {
            Appends = [plain.Appends[0] with { Event = registered with { Model = new('长', 6_000) } }],
        };
        var outcomes = await ledger.WriteAsync(tooLong, Register("a", "LSVAM4187C2184847"));
        Assert.Equal("event-too-long", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).Refusal.Code);
        Assert.IsType<WriteOutcome.Appended>(outcomes[1]);
        Assert.Empty(await ledger.Reader.StreamAsync(Item("long"), Stop));
    }

    [Fact]
    public async Task Lets_a_stale_command_fall_out_and_its_neighbours_through()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"));
        var outcomes = await ledger.WriteAsync(
            Grade("x", "a", version: 7),
            Register("b", "1M8GDM9AXKP042788"),
            Grade("y", "a", version: 1)
        );
        Assert.IsType<WriteOutcome.Stale>(outcomes[0]);
        Assert.IsType<WriteOutcome.Appended>(outcomes[1]);
        Assert.Equal(2, Assert.IsType<WriteOutcome.Appended>(outcomes[2]).Version);
    }

    [Fact]
    public async Task Sees_what_earlier_commands_of_the_batch_will_write()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var outcomes = await ledger.WriteAsync(
            Register("a", "LSVAM4187C2184847"),
            Grade("x", "a", version: 1),
            Grade("y", "a", version: 1),
            Grade("z", "a", version: 2)
        );
        Assert.Collection(
            outcomes,
            o => Assert.IsType<WriteOutcome.Appended>(o),
            o => Assert.IsType<WriteOutcome.Appended>(o),
            o => Assert.IsType<WriteOutcome.Stale>(o),
            o => Assert.Equal(3, Assert.IsType<WriteOutcome.Appended>(o).Version)
        );
        Assert.Equal([1L, 2, 3], (await ledger.Reader.StreamAsync(Item("a"), Stop)).Select(e => e.Version));
    }

    [Fact]
    public async Task Gives_one_alias_to_one_item_only()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var outcomes = await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"), Register("b", "LSVAM4187C2184847"));
        Assert.IsType<WriteOutcome.Appended>(outcomes[0]);
        Assert.IsType<WriteOutcome.Stale>(outcomes[1]);
        Assert.Empty(await ledger.Reader.StreamAsync(Item("b"), Stop));
    }

    [Fact]
    public async Task Keeps_no_identifier_in_clear_and_opens_it_from_the_vault()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"));
        await using var command = ledger.Database.Source.CreateCommand(
            """
            select (select count(*) from ledger.mt_events where position($1 in convert_to(data::text || headers::text, 'UTF8')) > 0)
                + (select count(*) from ledger.guard where position($1 in convert_to(value, 'UTF8')) > 0)
                + (select count(*) from proof.leaf where position($1 in body) > 0)
                + (select count(*) from vault.disclosure where position($1 in ct) > 0)
            """
        );
        command.Parameters.AddWithValue("LSVAM4187C2184847"u8.ToArray());
        Assert.Equal(0L, await command.ExecuteScalarAsync(Stop));
        var clear = await new ClearTexts(ledger.Database).OfItemsAsync([Item("a")], Stop);
        Assert.Equal(["vin:LSVAM4187C2184847"], clear[Item("a")]);
    }

    [Fact]
    public async Task Leaves_no_tombstone_and_no_hole_when_commands_fall_out()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"));
        for (var i = 0; i < 5; i++)
            await ledger.WriteAsync(Grade($"stale{i}", "a", version: 9));
        await ledger.WriteAsync(Grade("x", "a", version: 1));
        // Place 1 is the registration of the operator's key.
        Assert.Equal([2L, 3], (await ledger.Reader.StreamAsync(Item("a"), Stop)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Marten_reads_and_folds_what_it_wrote()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await ledger.WriteAsync(Register("a", "LSVAM4187C2184847"), Grade("x", "a", version: 1));
        await using var session = ledger.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync(Item("a"), token: Stop);
        Assert.Equal(["item-registered.v1", "item-graded.v1"], events.Select(e => e.EventTypeName));
        Assert.IsType<ItemGraded>(events[1].Data);
    }

    static Guid Item(string key) => TestLedger.Handles.EntityId("item", "test", key);

    static DecidedCommand Register(string key, string vin)
    {
        var named = TestLedger.Name($"vin:{vin}");
        return new("test", key, TestLedger.Said($"register {key}"))
        {
            Expects = [new(Item(key), 0)],
            Reservations = [new(ItemReservations.Alias(named.Identifier), null, Item(key).ToString())],
            Texts = [named.Identifier],
            Appends = [new(Item(key), GoodsStreams.Item, new ItemRegistered("used-car", [named.Ref]), Envelope(key))],
        };
    }

    static DecidedCommand Grade(string key, string item, long version) =>
        new("test", key, TestLedger.Said($"grade {key}"))
        {
            Expects = [new(Item(item), version)],
            Appends =
            [
                new(Item(item), GoodsStreams.Item, new ItemGraded("GB/T 30323-2013", 905, 1, false), Envelope(key)),
            ],
        };

    static Envelope Envelope(string key) => new(key, Day, "local", "ADM", "0");
}
