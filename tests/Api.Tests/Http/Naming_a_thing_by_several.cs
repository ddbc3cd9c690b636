namespace Api.Tests.Http;

/// <summary>A thing with two numbers of which the ledger knows one: the other is bound to it, or refused with what to
/// do; it never goes lost.</summary>
public sealed class Naming_a_thing_by_several(RunningService running)
{
    static object Phone(params string[] identifiers) =>
        new
        {
            category = "electronics",
            identifiers,
            occurredAt = Goods.Day,
        };

    [Fact]
    public async Task Of_which_one_is_known_is_told_to_go_on_with_that_thing()
    {
        var caller = await running.CallerAsync();
        var (known, further) = (Goods.NewImei(), Goods.NewImei());
        var phone = (await caller.PostAsync("/api/v1/items", Phone(known))).Is(201);
        var refused = (
            await caller.PostAsync("/api/v1/items", Phone(further, known), null, ("Accept-Language", "en"))
        ).Refuses(409, "item-exists");
        Assert.Contains(known, refused.Text, StringComparison.Ordinal);
        Assert.Contains("bind further identifiers there", refused.Text, StringComparison.Ordinal);
        (await caller.GetAsync($"/api/v1/items/{further}")).Is(404);
        (await caller.PostAsync($"{phone.Location}/identifiers", new { identifier = further })).Is(201);
        var found = (await caller.GetAsync($"/api/v1/items/{further}")).Is(200).Json;
        Assert.Equal([known, further], found["identifiers"]!.AsArray().Select(i => (string?)i).Order());
    }

    [Fact]
    public async Task Of_two_things_is_refused_as_such()
    {
        var caller = await running.CallerAsync();
        var (one, two) = (Goods.NewImei(), Goods.NewImei());
        (await caller.PostAsync("/api/v1/items", Phone(one))).Is(201);
        (await caller.PostAsync("/api/v1/items", Phone(two))).Is(201);
        (await caller.PostAsync("/api/v1/items", Phone(one, two))).Refuses(409, "identifiers-of-two-items");
    }

    /// <summary>A file's cell parts them by a semicolon; in one text the second would become part of a serial
    /// number.</summary>
    [Fact]
    public async Task In_one_text_is_refused()
    {
        var caller = await running.CallerAsync();
        var both = $"{Goods.NewSerial()};{Goods.NewImei()}";
        (await caller.PostAsync("/api/v1/items", Phone(both))).Refuses(422, "identifier-malformed");
        var phone = (await caller.PostAsync("/api/v1/items", Phone(Goods.NewImei()))).Is(201);
        (await caller.PostAsync($"{phone.Location}/identifiers", new { identifier = both })).Refuses(
            422,
            "identifier-malformed"
        );
    }
}
