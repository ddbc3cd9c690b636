using Support;

namespace Api.Tests.Http;

/// <summary>A hold is ended by the body that placed it, whatever word anybody gives.</summary>
public sealed class Ending_a_hold(RunningService running)
{
    static object Hold(string authority) =>
        new
        {
            authority,
            docNo = "(2026)12",
            occurredAt = Goods.Day,
        };

    static object Release(string authority) =>
        new
        {
            authority,
            reason = "解除",
            occurredAt = Goods.Day,
        };

    static Task<Reply> SayAsync(Caller caller, string path, object body, string role, string actor) =>
        caller.AsItIs().PostAsync(path, body, null, People.Headers(role, actor: actor));

    [Theory]
    [InlineData("police")]
    [InlineData("court")]
    public async Task Is_the_placing_body_s(string authority)
    {
        var caller = await running.CallerAsync();
        var car = await (await MarketClient.OpenAsync(caller)).RegisterAsync();
        var (placer, other) = (await Goods.OnRollAsync(caller, "POL"), await Goods.OnRollAsync(caller, "POL"));
        var hold = (await SayAsync(caller, $"{car}/holds", Hold(authority), "POL", placer)).Is(201).Location;
        foreach (var (role, actor) in new[] { ("POL", other), ("REG", Roll.CodeOf("REG")!) })
            (await SayAsync(caller, $"{hold}/releases", Release(authority), role, actor)).Refuses(
                403,
                "authority-not-competent"
            );
        // Nor by the placer's word of somebody who is not on the roll.
        (await SayAsync(caller, $"{hold}/releases", Release(authority), "POL", "police")).Refuses(403, "role-not-held");
        (await SayAsync(caller, $"{hold}/releases", Release(authority), "POL", placer)).Is(201);
    }

    [Fact]
    public async Task Of_a_body_that_is_no_authority_any_more_is_a_regulator_s_to_end()
    {
        var caller = await running.CallerAsync();
        var car = await (await MarketClient.OpenAsync(caller)).RegisterAsync();
        var placer = await Goods.OnRollAsync(caller, "POL");
        var hold = (await SayAsync(caller, $"{car}/holds", Hold("police"), "POL", placer)).Is(201).Location;
        var ending = new { reason = "机构撤销", occurredAt = Goods.Day };
        (await SayAsync(caller, $"{Goods.PathOf(placer)}/roles/POL/endings", ending, "REG", Roll.CodeOf("REG")!)).Is(
            201
        );
        var lifting = $"{hold}/releases";
        (await SayAsync(caller, lifting, Release("police"), "POL", placer)).Refuses(403, "role-not-held");
        (await SayAsync(caller, lifting, Release("police"), "POL", Roll.CodeOf("POL")!)).Refuses(
            403,
            "authority-not-competent"
        );
        (await SayAsync(caller, lifting, Release("police"), "REG", Roll.CodeOf("REG")!)).Is(201);
    }

    [Fact]
    public async Task A_regulator_places_none_of_the_police()
    {
        var caller = await running.CallerAsync();
        var car = await (await MarketClient.OpenAsync(caller)).RegisterAsync();
        var regulator = Roll.CodeOf("REG")!;
        (await SayAsync(caller, $"{car}/holds", Hold("police"), "REG", regulator)).Refuses(
            403,
            "authority-not-competent"
        );
        var hold = (await SayAsync(caller, $"{car}/holds", Hold("other"), "REG", regulator)).Is(201).Location;
        (await SayAsync(caller, $"{hold}/releases", Release("other"), "POL", Roll.CodeOf("POL")!)).Refuses(
            403,
            "authority-not-competent"
        );
        (await SayAsync(caller, $"{hold}/releases", Release("other"), "REG", regulator)).Is(201);
    }
}
