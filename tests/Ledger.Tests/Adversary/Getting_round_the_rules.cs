using System.Globalization;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;
using Support;

namespace Ledger.Tests.Adversary;

/// <summary>Random sequences by twenty-one actors, strangers among them, around honest sales: whatever they ask, what must
/// hold holds, and every state that is no end can be left. <c>LEDGER_ADVERSARY=1000000</c> asks for more
/// (<c>ops/adversary</c>); a finding names its seed.</summary>
public sealed class Getting_round_the_rules
{
    const int Moves = 24;

    static readonly int Sequences = int.Parse(
        Environment.GetEnvironmentVariable("LEDGER_ADVERSARY") ?? "10000",
        CultureInfo.InvariantCulture
    );

    static readonly int First = int.Parse(
        Environment.GetEnvironmentVariable("LEDGER_ADVERSARY_SEED") ?? "1",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public void Nobody_gets_round_them_and_nobody_is_stuck()
    {
        var (sold, taken) = (0, 0);
        Parallel.For(
            First,
            First + Sequences,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            seed =>
            {
                var (isSold, count) = Play(seed);
                if (isSold)
                    Interlocked.Increment(ref sold);
                Interlocked.Add(ref taken, count);
            }
        );
        // The check can fail only where much is taken: honest sales among the attempts.
        Assert.InRange(sold, Sequences / 20, int.MaxValue);
        Assert.InRange(taken, Sequences * 5L, long.MaxValue);
    }

    static (bool IsSold, int Taken) Play(int seed)
    {
        var chance = new Random(seed);
        var world = Cast.Open();
        var item = new Guid(seed, 1, 0, [9, 9, 9, 9, 9, 9, 9, 9]);
        var isCar = chance.Next(2) == 0;
        var moves = new Moves(chance, world, item, isCar ? "used-car" : "electronics");
        var model = new Model(item, isCar);
        world.Taken = model.See;
        Assert.Empty(world.Give(moves.Register(), Cast.Clerk));
        using var honest = moves.Sale().GetEnumerator();
        for (var move = 0; move < Moves; move++)
        {
            world.Now = world.Now.AddMinutes(1);
            if (chance.Next(3) > 0 && honest.MoveNext())
                world.Give(honest.Current.Command, honest.Current.By);
            else
            {
                var command = moves.Any();
                var by =
                    chance.Next(3) == 0
                        ? Cast.All[chance.Next(Cast.All.Length)]
                        : Permitted(command, chance) ?? Cast.Clerk;
                world.Give(command, by with { SecondActor = Second(command, chance) }, When(chance, world));
            }
            Assert.True(
                model.Broken.Count == 0,
                $"seed {seed}, move {move}: {string.Join("; ", model.Broken)}\n{Told(world, item)}"
            );
        }
        Leave(world, item, seed);
        return (world.Of(item).Any(e => e.Event is OwnershipTransferred or ItemHandedOver), world.Of(item).Count);
    }

    /// <summary>Anybody's name; where a thing is handed on, mostly of whoever shall keep it: so that it is.</summary>
    static string? Second(LedgerCommand command, Random chance) =>
        command is TransferCustody { To: var to } && chance.Next(4) > 0
            ? $"{to}"
            : Cast.Seconds[chance.Next(Cast.Seconds.Length)];

    static Acting? Permitted(LedgerCommand command, Random chance)
    {
        var may = Cast.All.Where(a => a.Is(Modules.Permits[command.GetType()].Roles)).ToList();
        return may.Count == 0 ? null : may[chance.Next(may.Count)];
    }

    /// <summary>Mostly now; before, also before what it rests on; and ahead.</summary>
    static DateTimeOffset? When(Random chance, World world) =>
        chance.Next(8) switch
        {
            0 => world.Now.AddMinutes(-chance.Next(1, 60)),
            1 => world.Now.AddMinutes(chance.Next(1, 60)),
            _ => null,
        };

    /// <summary>From wherever the thing stands, somebody brings each facet to an end; whether it is he whose matter it
    /// is, the model has seen.</summary>
    static void Leave(World world, Guid item, int seed)
    {
        void Someone(LedgerCommand command, string what)
        {
            world.Now = world.Now.AddMinutes(1);
            var told = new HashSet<string>();
            foreach (var (by, second) in Cast.All.SelectMany(_ => Cast.Seconds, (by, second) => (by, second)))
            {
                var codes = world.Give(
                    command is ItemCommand of ? of with { Item = item } : command,
                    by with
                    {
                        SecondActor = second,
                    }
                );
                if (codes.Count == 0)
                    return;
                told.UnionWith(codes);
            }
            Assert.Fail($"seed {seed}: stuck, {what}: {string.Join(' ', told)}\n{Told(world, item)}");
        }
        // A fast clock has put the newest at most five minutes ahead.
        world.Now = world.Now.AddMinutes(6);
        Item State() => world.Item(item)!;
        // Its registration was voided: there is no thing.
        if (world.Item(item) is null)
            return;
        while (State().Encumbrances.Liens is [var lien, ..])
            Someone(new ReleaseEncumbrance(lien.Id!.Value, lien.Holder!, "x"), "a lien");
        while (State().Encumbrances.Holds is [var hold, ..])
            Someone(new ReleaseHold(hold.Id!.Value, hold.Authority!.Value, "x"), "a hold");
        while (State().Trade.LiveDeal is { Id: { } deal } live)
            Someone(
                live.State switch
                {
                    DealState.InTransfer => new RefuseTransfer(deal, "x"),
                    DealState.Invoiced => new VoidInvoice(deal, "x"),
                    _ => new CancelDeal(deal, "seller", "x", null),
                },
                $"a deal, {live.State}"
            );
        if (State().Trade.OpenListing is { Id: { } listing })
            Someone(new WithdrawListing(listing, "x"), "a listing");
        foreach (var complaint in State().Trade.Complaints)
            Someone(new SettleComplaint(complaint.Id, "x", null, null), "a complaint");
        if (State().Trade.Stock is not null && State().Life is Life.Stocked)
            Someone(new ReleaseStock("x"), "stock");
        // What was handed on to an organisation, or another market's word, is its own to bring back.
        if (State().Custody.Open is { Id: { } intake, Keeper: null } open)
            Someone(new TransferCustody(intake, null, Cast.Third, null, open.SealNo), "what is kept");
        if (State().Custody.Open is { Keeper: { Scope: Cast.Market } keeper })
            Someone(
                new ReceiveItem(new(seed, 66, 0, new byte[8]), keeper, "A", IntakeReason.Wipe, null),
                "what was handed on"
            );
        if (State().Data.Media is { IsEmpty: false } && State().Data.State is not DataState.Gone)
            Someone(new DestroyMedium(0, WipeTechnique.Disintegrate, [Paper.Hash("photo")], 12), "a medium");
    }

    static string Told(World world, Guid item) =>
        string.Join(
            '\n',
            world
                .Of(item)
                .Select(e =>
                    $"  {e.Envelope.OccurredAt:HH:mm} {e.Type} by {e.Envelope.Actor} {e.Envelope.Role} {e.Envelope.Site} {e.Event}"
                )
        );
}
