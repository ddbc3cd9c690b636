using System.Text;
using Ledger.Proof;
using Ledger.Store.Lane;

namespace Ledger.Store.Witness;

/// <summary>The house witness in this process: the same code and store as any witness (proof.md §4).</summary>
public sealed class HouseWitness(WitnessHost host, string origin) : IHouseWitness
{
    public string Vkey => host.Vkey;

    public async Task<(ulong Size, Hash Root)?> LastAsync(CancellationToken stop) =>
        await NewestAsync(stop) is { } head ? (head.Size, head.Root) : null;

    public Task<CosignedHead?> NewestAsync(CancellationToken stop) => host.NewestAsync(origin, stop);

    public async Task<HouseWitnessAnswer> AdvanceAsync(
        ulong old,
        string checkpoint,
        IReadOnlyList<Hash> proof,
        CancellationToken stop
    )
    {
        var request = new AddCheckpoint(old, [.. proof], checkpoint);
        return await host.AnswerAsync(Encoding.UTF8.GetBytes(request.Body), stop) switch
        {
            { Status: 200 } good => new HouseWitnessAnswer.Stored(good.Body),
            { Status: 409 } elsewhere when ulong.TryParse(elsewhere.Body.TrimEnd('\n'), out var size) =>
                new HouseWitnessAnswer.At(size),
            var refused => new HouseWitnessAnswer.Refused($"{refused.Status} {refused.Body.TrimEnd('\n')}"),
        };
    }
}
