using Ledger.Goods;
using Ledger.Pipeline;
using Support;

namespace Store.Tests.Auditing;

/// <summary>Two things with one number are no fault of the log: the number stays bound once.</summary>
public sealed class Auditing_a_conflict_of_identity
{
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Finds_nothing_while_it_stands_and_after_it_is_resolved()
    {
        await using var copy = await AuditedCopy.OpenAsync();
        await using (var ledger = await copy.LedgerAsync())
        {
            var (first, second) = (Id("first"), Id("second"));
            var named = TestLedger.Name("serial:HAIER/conflict");
            Assert.IsType<Answer.Accepted>(
                await ledger.RecordAsync(new RegisterItem(first, "appliance", [named]), first, "first", Day)
            );
            var raising = new RaiseIdentityConflict(named, "photo", new(second, "", [named])) { Item = first };
            Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(raising, "raise", Day));
            Assert.Empty(await AuditAsync(copy));
            var resolving = new ResolveIdentityConflict(second, first, "police", "report") { Item = first };
            Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(resolving, "resolve", Day));
        }
        Assert.Empty(await AuditAsync(copy));
    }

    /// <summary>What the log says of itself; nothing feeds the views here.</summary>
    static async Task<IEnumerable<string>> AuditAsync(AuditedCopy copy) =>
        (await copy.AuditAsync()).Findings.Where(f => f.Kind != "view").Select(f => $"{f.Kind} {f.Detail}");

    static Guid Id(string what) => TestLedger.Handles.EntityId("item", "conflict", what);
}
