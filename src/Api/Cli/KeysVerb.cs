using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Api.Jobs;
using Api.Settings;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store;

namespace Api.Cli;

/// <summary><c>keys list|register|revoke|rotate</c>: signing keys of the operator and of parties.</summary>
static class KeysVerb
{
    public static Command Make() =>
        new("keys", "Signing keys of the operator and of parties") { List(), Register(), Revoke(), Rotate() };

    static Command List()
    {
        var party = new Argument<string?>("PARTY")
        {
            Description = "Its reference or code; the operator of this ledger without one",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", "The keys of a party") { party };
        command.SetAction(
            (parsed, stop) =>
                WithKeysAsync(
                    parsed,
                    async ledger =>
                    {
                        var chains = ledger.Node.Chains;
                        var stream = parsed.GetValue(party) is { } name
                            ? chains.StreamOf(PartyPath.Canonical(name))
                            : chains.OperatorStream;
                        var view = PartyKeysView.Of(chains.HandleOf(stream), await chains.ChainAsync(stream, stop));
                        if (parsed.GetValue(Verbs.Json))
                            Console.WriteLine(JsonSerializer.Serialize(view, WireJson.Options));
                        else
                            foreach (var key in view.Items)
                                Console.WriteLine(
                                    $"{key.Thumbprint}  {WireWords.Of(key.Purpose)}  {WireWords.Of(key.Custody)}  {Second(key.From)}{(key.Revoked is null ? "" : "  revoked")}"
                                );
                        return Verbs.Done;
                    },
                    stop
                )
        );
        return command;
    }

    static Command Register()
    {
        var party = new Argument<string>("PARTY") { Description = "Its reference or code" };
        var jwk = File("--jwk", "The new public key, as JWK", required: true);
        var pop = File("--pop", "Statement signed by the new key, compact JWS", required: true);
        var vouch = File("--vouch", "The same signed by its previous key or a registrar", required: true);
        var voucher = File("--voucher", "The registrar's public key, as JWK", required: false);
        var purpose = new Option<string>("--purpose")
        {
            Description = "deed, wipe, credit or receipt",
            DefaultValueFactory = _ => "deed",
        };
        var command = new Command("register", "Registers a key that a party holds itself")
        {
            party,
            jwk,
            pop,
            vouch,
            voucher,
            purpose,
        };
        command.SetAction(
            (parsed, stop) =>
            {
                var texts = new Option<string?>[] { jwk, pop, vouch, voucher }
                    .Select(o => parsed.GetValue(o) is { } path ? System.IO.File.ReadAllText(path).Trim() : null)
                    .ToArray();
                if (
                    Key(texts[0]!) is not { } key
                    || KeyStatement.ReadUnverified(texts[1]!) is not { } said
                    || (texts[3] is { } given && Key(given) is null)
                    || !WireWords.TryRead<KeyPurpose>(parsed.GetValue(purpose)!, out var word)
                )
                    return Task.FromResult(
                        Verbs.Fail(
                            "A file is not what it should be: --jwk and --voucher hold a JWK, --pop a signed key statement.",
                            Verbs.UsedWrongly
                        )
                    );
                var registering = new RegisterKey(
                    Guid.Empty,
                    key.Thumbprint.ToBase64Url(),
                    KeyDecider.Write(key),
                    word,
                    KeyCustody.Own,
                    said.From,
                    null,
                    texts[1],
                    texts[2],
                    texts[3] is { } by ? KeyDecider.Write(Key(by)!) : null
                );
                return WithKeysAsync(
                    parsed,
                    async ledger =>
                    {
                        var stream = ledger.Node.Chains.StreamOf(PartyPath.Canonical(parsed.GetValue(party)!));
                        var said = registering with { Chain = stream };
                        return Say(parsed, await RecordAsync(ledger, $"register {parsed.GetValue(party)}", said, stop));
                    },
                    stop
                );
            }
        );
        return command;
    }

    static Command Revoke()
    {
        var thumbprint = new Argument<string>("THUMBPRINT") { Description = "Of the key" };
        var since = new Option<long?>("--since") { Description = "From when on it says nothing, Unix seconds" };
        var reason = new Option<string?>("--reason") { Description = "Why" };
        var command = new Command("revoke", "Revokes a key") { thumbprint, since, reason };
        command.SetAction(
            (parsed, stop) =>
                WithKeysAsync(
                    parsed,
                    async ledger =>
                    {
                        var (chains, name) = (ledger.Node.Chains, parsed.GetValue(thumbprint)!);
                        if (name == Present(ledger))
                            return Verbs.Fail("This key signs the leaves of today: rotate first.", Verbs.No);
                        if (await RotatedJustNowAsync(ledger, name, stop))
                            return Verbs.Fail(
                                $"The key for leaves was rotated just now: a running service may still sign with the one before. Again in {Settled.TotalSeconds} seconds.",
                                Verbs.No
                            );
                        var stream = (await chains.FindAsync(name, stop))?.Stream ?? chains.OperatorStream;
                        var revoking = new RevokeKey(stream, name, parsed.GetValue(since), parsed.GetValue(reason));
                        return Say(parsed, await RecordAsync(ledger, "revoke", revoking, stop));
                    },
                    stop
                )
        );
        return command;
    }

    static Command Rotate()
    {
        var command = new Command("rotate", "A new key for leaves: signed for by the old one, used from now on");
        command.SetAction(
            (parsed, stop) =>
                WithKeysAsync(
                    parsed,
                    async ledger =>
                    {
                        var folder = Verbs.Settings(parsed).Data;
                        using var next = KeyFiles.NextLeaf(folder);
                        var jwk = Jwk.OfEd25519(next.PublicKey);
                        if (await RegisterLeafAsync(ledger.Node, jwk, stop) is Answer.Refused refused)
                            return Verbs.Refuse(refused.Refusals[0], parsed.GetValue(Verbs.Json));
                        var retired = Present(ledger);
                        KeyFiles.SwitchLeaf(folder, retired);
                        var thumbprint = jwk.Thumbprint.ToBase64Url();
                        Console.WriteLine(
                            parsed.GetValue(Verbs.Json)
                                ? JsonSerializer.Serialize(new { thumbprint, retired }, WireJson.Options)
                                : $"{thumbprint} signs from now on, in a running service within {LeafKeyWatch.Look.TotalSeconds} seconds; {retired} is kept beside it."
                        );
                        return Verbs.Done;
                    },
                    stop
                )
        );
        return command;
    }

    static Option<string?> File(string name, string description, bool required)
    {
        var option = new Option<string?>(name) { Description = description, Required = required };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && !System.IO.File.Exists(path))
                result.AddError($"There is no file {path}.");
        });
        return option;
    }

    static Jwk? Key(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Jwk.Read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The key that this node signs leaves with.</summary>
    static string Present(LedgerRuntime ledger) => ledger.Database.Keys.Leaf.Thumbprint;

    /// <summary>After that every service has taken the new key.</summary>
    static readonly TimeSpan Settled = 5 * LeafKeyWatch.Look;

    static async Task<bool> RotatedJustNowAsync(LedgerRuntime ledger, string retired, CancellationToken stop)
    {
        var chains = ledger.Node.Chains;
        var chain = await chains.ChainAsync(chains.OperatorStream, stop);
        var now = ledger.Node.Clock.GetUtcNow().ToUnixTimeSeconds();
        return chain.Find(retired) is not null && now - chain.Keys[^1].Key.From < Settled.TotalSeconds;
    }

    /// <summary>The same command line again is a repeat.</summary>
    static Task<Answer> RecordAsync(LedgerRuntime ledger, string verb, KeyCommand command, CancellationToken stop)
    {
        var hash = ledger.Database.Handles.CommandHash("KEYS", verb, Encoding.UTF8.GetBytes($"{command}"));
        return ledger.Pipeline.RecordAsync(
            new(command, Acting.Local, "local", $"keys/{hash}", hash, ledger.Pipeline.Now) { IsDatedHere = true },
            stop
        );
    }

    /// <summary>Registers the operator's next key for leaves; a repeat records nothing. Signed, as every leaf, with the
    /// key that this node was opened with.</summary>
    internal static Task<Answer> RegisterLeafAsync(LedgerNode node, Jwk next, CancellationToken stop)
    {
        var (thumbprint, now) = (next.Thumbprint.ToBase64Url(), node.Pipeline.Now);
        var hash = node.Database.Handles.CommandHash("KEY", thumbprint, Encoding.UTF8.GetBytes("leaf"));
        var registering = new RegisterKey(
            node.Chains.OperatorStream,
            thumbprint,
            KeyDecider.Write(next),
            KeyPurpose.Leaf,
            KeyCustody.Service,
            now.ToUnixTimeSeconds()
        );
        return node.Pipeline.RecordAsync(
            new(registering, new("operator", "ADM"), "operator", $"key/{thumbprint}", hash, now) { IsDatedHere = true },
            stop
        );
    }

    static int Say(ParseResult parsed, Answer answer)
    {
        if (answer is Answer.Refused refused)
            return Verbs.Refuse(refused.Refusals[0], parsed.GetValue(Verbs.Json));
        var recorded = (Answer.Accepted)answer;
        Console.WriteLine(
            parsed.GetValue(Verbs.Json)
                ? JsonSerializer.Serialize(new { recorded.EventIds, recorded.Version }, WireJson.Options)
                : $"Recorded: event {recorded.EventIds[0]}"
        );
        return Verbs.Done;
    }

    static string Second(long second) =>
        DateTimeOffset.FromUnixTimeSeconds(second).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static Task<int> WithKeysAsync(ParseResult parsed, Func<LedgerRuntime, Task<int>> work, CancellationToken stop) =>
        Verbs.RunAsync(async () =>
        {
            await using var ledger = await LedgerRuntime.OpenAsync(Verbs.Settings(parsed), stop);
            return await work(ledger);
        });
}
