using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ledger;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Pipeline;

namespace Support;

/// <summary>The authorities, the lender and the exporter of a test that is not about who they are: one for each role that
/// the roll grants, on the roll of every ledger that is asked for one. The regulator comes first, named by the
/// operator.</summary>
public static class Roll
{
    const string Basis = "5d9474c0309b7ca09a182d888f73b37a8fe1362ccdb9d2ceae40e9c23a7ab1cd",
        Since = "2010-01-01T00:00:00Z";

    /// <summary>The lender, which registers its own liens only.</summary>
    public const string Bank = "91510100MA9000005Q";

    static readonly (string Role, string Code)[] Bodies =
    [
        // The demo's: a ledger has one first regulator.
        ("REG", "11510000MB8000001B"),
        ("POL", "11510000MB9000002L"),
        ("CUS", "11510000MB9000003P"),
        ("TAX", "11510000MB9000004T"),
        ("LND", Bank),
        ("EXP", "91510100MA9000006U"),
    ];

    static readonly ConditionalWeakTable<object, Task> Ready = [];

    /// <summary>Who has a role that the roll grants; null: it grants no such role.</summary>
    public static string? CodeOf(string role) => Bodies.FirstOrDefault(b => b.Role == role).Code;

    public static bool Has(string code) => Bodies.Any(b => b.Code == code);

    /// <summary>The roll's word for whoever acts, where no pipeline keeps any: the grant of his role.</summary>
    public static IReadOnlyList<StoredEvent> Granting(Acting by, Guid stream)
    {
        _ = Instants.TryParse(Since, out var at);
        LedgerEvent[] events = [new PartyRegistered(NatureOf(by.Role), by.Actor), new PartyRoleGranted(by.Role, Basis)];
        return
        [
            .. events.Select(
                (e, i) =>
                    new StoredEvent(
                        new(i + 1, 0, 0, [9, 9, 9, 9, 9, 9, 9, 9]),
                        stream,
                        i + 1,
                        at,
                        e,
                        new("roll", at, "local", "ADM", "")
                    )
                    {
                        Type = EventCatalog.Of(e).WireName,
                    }
            ),
        ];
    }

    public static Task OpenAsync(CommandPipeline pipeline) => Ready.GetValue(pipeline, _ => RecordAsync(pipeline));

    /// <param name="client">Speaks to the ledger at its base address.</param>
    public static Task OpenAsync(HttpClient client) => Ready.GetValue(client, _ => PostAsync(client));

    static PartyNature NatureOf(string role) =>
        role is "LND" or "EXP" ? PartyNature.Organisation : PartyNature.StateBody;

    /// <summary>The operator names the regulator, who grants all others.</summary>
    static Acting By(string role) => role == "REG" ? Acting.Local : new(CodeOf("REG")!, "REG");

    static async Task RecordAsync(CommandPipeline pipeline)
    {
        _ = Instants.TryParse(Since, out var at);
        foreach (var (role, code) in Bodies)
        foreach (
            var (command, key) in new (LedgerCommand, string)[]
            {
                (new RegisterParty(code, NatureOf(role), code, role), $"roll-{role}"),
                (new GrantRole(code, role, Basis), $"roll-{role}-granted"),
            }
        )
        {
            var answer = await Patience.AnswerAsync(() =>
                pipeline.RecordAsync(
                    new(command, By(role), "roll", key, TestLedger.Said(key), at) { LateReason = "补录" },
                    CancellationToken.None
                )
            );
            // In a demo the regulator is there; where it is not, it grants nothing to the others.
            if (answer is not Answer.Accepted && role != "REG")
                throw new InvalidOperationException($"{key} was not recorded: {answer}.");
        }
    }

    static async Task PostAsync(HttpClient client)
    {
        foreach (var (role, code) in Bodies)
        {
            await PostAsync(
                client,
                "parties",
                By(role),
                new
                {
                    kind = WireWords.Of(NatureOf(role)),
                    uscc = code,
                    name = role,
                    occurredAt = Since,
                    lateReason = "补录",
                },
                $"roll-{role}"
            );
            await PostAsync(
                client,
                $"parties/{code}/roles",
                By(role),
                new
                {
                    role,
                    basis = Basis,
                    occurredAt = Since,
                    lateReason = "补录",
                },
                $"roll-{role}-granted"
            );
        }
    }

    static async Task PostAsync(HttpClient client, string path, Acting by, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("Ledger-Actor", by.Actor);
        request.Headers.Add("Ledger-Role", by.Role);
        using var answer = await client.SendAsync(request);
        // Another caller of the same ledger may have been here before.
        if (!answer.IsSuccessStatusCode && (int)answer.StatusCode != 409 && !by.Is(Roles.Adm))
            throw new InvalidOperationException(
                $"{key}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
    }
}
