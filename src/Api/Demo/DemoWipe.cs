using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;

namespace Api.Demo;

/// <summary>A phone's way over the wipe bench: taken in, its owner's consent, wiped, checked by another.</summary>
static class DemoWipe
{
    const long Capacity = 256_000_000_000;

    /// <summary>The steps in their order, each with a name for its key and its day.</summary>
    public static IEnumerable<(string Step, string Day, ItemCommand Command)> Steps(
        Handles handles,
        string scope,
        string key,
        string market,
        PartyRef owner
    )
    {
        var (intake, wipe) = (handles.EntityId("intake", scope, key), handles.EntityId("wipe", scope, key));
        var start = new DateTimeOffset(2026, 5, 11, 3, 0, 0, TimeSpan.Zero);
        yield return ("receive", "2026-05-10", new ReceiveItem(intake, owner, "A-03", IntakeReason.Wipe, null));
        yield return ("media", "2026-05-10", new DeclareMedia([new(0, MediumType.Ufs, Capacity, null)], null));
        yield return (
            "consent",
            "2026-05-10",
            new GiveWipeConsent(intake, [0], "UFS purge", "全部用户数据不可恢复", null, owner)
        );
        yield return (
            "wipe",
            "2026-05-12",
            new AttestWipe(
                wipe,
                0,
                intake,
                new(
                    WipeTechnique.UfsPurge,
                    WipeResult.Ok,
                    BytesAddressed: Capacity,
                    Hidden: new(HiddenArea.Absent, HiddenArea.Absent, HiddenArea.Absent),
                    Unreached: 0
                ),
                null,
                new("cleaner", "4.2"),
                start,
                start.AddMinutes(5),
                new(market, "W-01"),
                ["demo-report"]
            )
        );
        yield return (
            "verify",
            "2026-05-12",
            new VerifyWipe(
                wipe,
                new(CheckMethod.Sampled, 4_603, 1_000_000, 0),
                new("reader", "1.0"),
                new(market, "W-02"),
                true,
                null
            )
        );
    }
}
