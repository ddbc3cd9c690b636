using System.Text;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Proof;
using Ledger.Rules;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>Under whose key a command about keys is recorded, and who states it.</summary>
public sealed record KeyOrder(Acting By, string Scope, string Key, CommandHash Hash);

/// <summary>The keys of parties: registering and revoking them (proof.md §6).</summary>
public sealed class KeyDesk(LedgerDatabase database, EventReader reader, WriteDoor door, CommandDesk desk)
{
    /// <summary>What stands.</summary>
    public KeyReader Chains { get; } = new(database, reader, door);

    public Task<Answer> RegisterAsync(Guid stream, KeyRegistered key, KeyOrder order, CancellationToken stop) =>
        WriteAsync(
            stream,
            order,
            async chain =>
                KeyDecider.Register(
                    key,
                    chain,
                    stream,
                    Chains.HandleOf(stream),
                    await door.GuardsAsync([KeyDecider.Guard(key.Thumbprint)], stop)
                ),
            stop
        );

    public Task<Answer> RevokeAsync(Guid stream, KeyRevoked revoked, KeyOrder order, CancellationToken stop) =>
        WriteAsync(stream, order, chain => Task.FromResult(KeyDecider.Revoke(revoked, chain)), stop);

    /// <summary>Registers the operator's next key for leaves; a repeat records nothing. Signed, as every leaf, with the
    /// key that this node was opened with.</summary>
    public Task<Answer> RegisterLeafKeyAsync(Jwk next, CancellationToken stop)
    {
        var thumbprint = next.Thumbprint.ToBase64Url();
        var hash = database.Handles.CommandHash("KEY", thumbprint, Encoding.UTF8.GetBytes("leaf"));
        var key = new KeyRegistered(
            thumbprint,
            KeyDecider.Write(next),
            KeyPurpose.Leaf,
            KeyCustody.Service,
            desk.Now.ToUnixTimeSeconds()
        );
        var order = new KeyOrder(new("operator", "ADM"), "operator", $"key/{thumbprint}", hash);
        return RegisterAsync(Chains.OperatorStream, key, order, stop);
    }

    async Task<Answer> WriteAsync(
        Guid stream,
        KeyOrder order,
        Func<Keychain, Task<Decision>> decide,
        CancellationToken stop
    )
    {
        for (var round = 0; round < CommandDesk.Rounds; round++)
        {
            if (await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
                return before;
            var tips = new ChainTips();
            var chain = Keychain.Fold(
                (await reader.StreamsAsync([stream], tips, stop)).GetValueOrDefault(stream) ?? []
            );
            var decision = await decide(chain);
            if (decision.IsRefused)
                return await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop)
                    ?? new Answer.Refused(decision.Refusals);
            var subjects = await door.Vault.OpenAsync([], stop);
            if (await desk.WriteAsync(Command(stream, chain, decision, order), tips, subjects, stop) is { } answer)
                return answer;
        }
        return new Answer.Refused([new("too-contended")]);
    }

    DecidedCommand Command(Guid stream, Keychain chain, Decision decision, KeyOrder order)
    {
        var envelope = new Envelope(order.Key, desk.Now, order.By.Actor, order.By.Role, RuleSet.Current.Version)
        {
            Site = order.By.Site,
            SecondActor = order.By.SecondActor,
        };
        return new(order.Scope, order.Key, order.Hash)
        {
            Expects = [new(stream, chain.Version)],
            Guards = decision.Guards,
            Appends = [.. decision.Events.Select(e => new Append(stream, Noun.Keys, e, envelope))],
        };
    }
}
