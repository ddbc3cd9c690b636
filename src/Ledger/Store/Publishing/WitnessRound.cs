using Ledger.Proof;

namespace Ledger.Store.Publishing;

/// <summary>What came of asking all witnesses once.</summary>
/// <param name="Note">The checkpoint with every line that came.</param>
/// <param name="Missing">Witnesses of the policy whose line is not there.</param>
sealed record Cosigned(string Note, bool HasQuorum, string[] Missing);

/// <summary>Asks the witnesses of a policy, all at once.</summary>
sealed class WitnessRound(LedgerNode node, Cosigners cosigners, WitnessClient client)
{
    public Task LoadAsync(CancellationToken stop) => cosigners.LoadAsync(stop);

    /// <summary>Everything continues the empty tree, without a proof.</summary>
    public async Task<Hash[]> ProofAsync(ulong old, ulong size, CancellationToken stop) =>
        old == 0 ? [] : await node.Tree.ResolveAsync(ProofPlan.Consistency(old, size), size, stop);

    /// <param name="policy">Null where there is none: nobody is asked and no quorum holds.</param>
    /// <param name="line">The house witness's cosignature of that head.</param>
    public async Task<Cosigned> AskAsync(TrustPolicy? policy, Head head, string line, CancellationToken stop)
    {
        using var span = Telemetry.Source.StartActivity("ledger.witness.cosign");
        var signed = node.Database.Log.Sign(head.Size, head.Root);
        if (policy is null)
            return new(signed + line, false, []);
        var asked = policy.Witnesses.Where(w => w.Url is not null && w.Key.Key.Vkey != node.Witness.Vkey).ToArray();
        var lines = await Task.WhenAll(
            asked.Select(w =>
                client.AskAsync(
                    w,
                    Math.Min(cosigners.LastOf(w), head.Size),
                    new(head.Size, signed),
                    old => ProofAsync(old, head.Size, stop),
                    stop
                )
            )
        );
        var cosigned = asked.Where((_, i) => lines[i] is not null).ToArray();
        await cosigners.SaveAsync(cosigned, head.Size, stop);
        var note = signed + line + string.Concat(lines.Select(l => l?.Text));
        var check = policy.Check(note);
        var missing = policy.Witnesses.Except(check.Witnesses.Select(w => w.Witness)).Select(w => w.Name);
        return new(note, check.Trust == Trust.Trusted, [.. missing]);
    }
}
