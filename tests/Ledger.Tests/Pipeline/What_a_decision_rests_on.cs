using Ledger.Goods;
using Ledger.Kernel.Identifiers;

namespace Ledger.Tests.Pipeline;

public sealed class What_a_decision_rests_on
{
    static Scenario Registered(Guid item) =>
        new Scenario().Append(item, new ItemRegistered("used-car", [new IdentifierRef("vin", "h")]));

    /// <summary>A decider need not remember it: whatever its module named for the command, the lane holds.</summary>
    [Fact]
    public void Is_every_reservation_that_was_named()
    {
        var item = ItemScenario.Id(1);
        var scenario = Registered(item);
        scenario.First(new InspectItem("GB 38900", true, "L-7", null) { Item = item });
        Assert.Contains(
            scenario.Newest!.Reservations,
            r => r.Key.Kind == "licence" && r.Expected is null && r.New is null
        );
    }

    /// <summary>What is only read binds nothing: its text stays out of the vault.</summary>
    [Fact]
    public void Discloses_nothing_of_what_is_only_read()
    {
        var item = ItemScenario.Id(1);
        var scenario = Registered(item);
        scenario.First(new InspectItem("GB 38900", true, "L-7", null) { Item = item });
        Assert.Empty(scenario.Newest!.Texts);
    }
}
