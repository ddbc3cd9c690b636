using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Tests.Cli;
using Fuzz;
using Ledger;
using Ledger.Credit;
using Ledger.Kernel;
using Support;

namespace Api.Tests.Http;

/// <summary>The table of protected ends, roads and persons (docs/roles.md), asked cell by cell over HTTP: the fuzzer's
/// journeys bring every command to where it is taken; there it is first asked for by everybody who may not.</summary>
[TakesLong]
public sealed class Asking_every_cell
{
    [Fact]
    public async Task Every_stranger_is_told_so_and_no_command_comes_to_an_end_unsaid()
    {
        await using var ledger = await ScratchLedger.OpenAsync(markets: false);
        await using var service = await ServiceProcess.StartAsync(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "Api.dll")],
            ledger.Data,
            "--postgres",
            ledger.Connection
        );
        using var told = new StringWriter();
        var cells = new Cells();
        using (var fuzzer = new Fuzzer(service.Address, new Chance(7), new(0, 0, 0), told, cells))
        {
            await fuzzer.RunAsync(TestContext.Current.CancellationToken);
            Assert.True(fuzzer.Findings.Kinds.Count == 0, $"{told}");
        }
        Assert.True(cells.Wrong.Count == 0, string.Join('\n', cells.Wrong));
        // The journeys give every command that anybody can give, readings apart; one more has to be added to them.
        Assert.Empty(
            Modules
                .Permits.Values.Where(p =>
                    (p.Roles & ~(Roles.Sys | Roles.Adm)) != 0
                    && !typeof(ReadingCommand).IsAssignableFrom(p.Command)
                    && !cells.Asked.Contains(p.Command)
                )
                .Select(p => p.Command.Name)
        );
        Assert.InRange(cells.Count, 1_500, int.MaxValue);
    }

    [Fact]
    public void Every_refusal_of_the_table_has_a_line_and_every_end_a_road()
    {
        foreach (var permit in Modules.Permits.Values)
        {
            foreach (
                var code in permit
                    .Strangers.Select(s => s.Code)
                    .Concat(permit.Before)
                    .Concat(permit.OwnAffair is { } own ? [own] : [])
            )
                Assert.NotNull(RefusalCatalog.Find(code));
            Assert.All(permit.Strangers, s => Assert.NotEqual((Roles)0, s.Roles & permit.Roles));
        }
        foreach (var end in Enum.GetValues<ProtectedEnd>())
        {
            Assert.Single(ProtectedEnds.All, l => l.End == end);
            Assert.Contains(Modules.Permits.Values, p => p.Ends.Contains(end));
        }
    }

    /// <summary>Asks as everybody who has nothing to do with a matter.</summary>
    sealed class Cells : ICompanion
    {
        const string Basis = "5d9474c0309b7ca09a182d888f73b37a8fe1362ccdb9d2ceae40e9c23a7ab1cd",
            Day = "2026-01-01T02:00:00Z",
            Market = "MK-510104-9997",
            Station = "ST-510104-9997",
            Regulator = "11510000MB8000001B";

        static readonly FrozenDictionary<string, Permit> ByName = Modules.Permits.Values.ToFrozenDictionary(p =>
            JsonNamingPolicy.KebabCaseLower.ConvertName(p.Command.Name)
        );

        /// <summary>By role, who has it and is nobody's party.</summary>
        readonly Dictionary<string, string> actors = [];
        int asked;

        public List<string> Wrong { get; } = [];
        public HashSet<Type> Asked { get; } = [];

        /// <summary>How many cells were asked.</summary>
        public int Count => asked;

        public async Task PrepareAsync(Session session, Client client)
        {
            foreach (var role in RoleTable.All.Where(r => Roles.Granted.HasFlag(r.Role)))
            {
                var code = actors[role.Code] = Goods.NewUscc();
                var isBody = Roles.Authorities.HasFlag(role.Role);
                await MustAsync(
                    client,
                    "parties",
                    new
                    {
                        kind = isBody ? "state-body" : "organisation",
                        uscc = code,
                        name = "别的单位",
                        occurredAt = Day,
                    }
                );
                await MustAsync(
                    client,
                    $"parties/{code}/roles",
                    new
                    {
                        role = role.Code,
                        basis = Basis,
                        occurredAt = Day,
                    }
                );
            }
            await MustAsync(
                client,
                "markets",
                new
                {
                    code = Market,
                    name = "别的市场",
                    occurredAt = Day,
                }
            );
            await MustAsync(
                client,
                "stations",
                new
                {
                    code = Station,
                    name = "别的服务站",
                    authority = "公安",
                    validFrom = "2024-01-01",
                    occurredAt = "2024-01-01T02:00:00Z",
                }
            );
        }

        async Task MustAsync(Client client, string path, object body)
        {
            var late = JsonSerializer.SerializeToNode(body)!.AsObject();
            late["lateReason"] = "补录";
            var reply = await client.SendAsync(
                As(
                    new(
                        "POST",
                        $"/api/v1/{path}",
                        [("Content-Type", "application/json")],
                        JsonSerializer.SerializeToUtf8Bytes(late)
                    ),
                    "REG",
                    Regulator,
                    null
                ),
                CancellationToken.None
            );
            if (reply.Status != 201)
                Wrong.Add($"{path}: {reply.Status} {reply.Text}");
        }

        /// <summary>The same command, given by another.</summary>
        Request As(Request request, string role, string actor, string? site) =>
            request with
            {
                Headers =
                [
                    .. request.Headers.Where(h =>
                        h.Name is not ("Ledger-Role" or "Ledger-Actor" or "Ledger-Site" or "Idempotency-Key")
                    ),
                    ("Idempotency-Key", $"cell-{++asked}"),
                    ("Ledger-Role", role),
                    ("Ledger-Actor", actor),
                    .. site is null ? [] : new[] { ("Ledger-Site", site) },
                ],
            };

        public async Task BeforeAsync(Operation operation, Request request, Session session, Client client)
        {
            foreach (var name in operation.Commands)
                Asked.Add(ByName[name].Command);
            // Where one path gives several commands, its first is the one that is asked for.
            if (operation.Commands is not [var first, ..])
                return;
            var permit = ByName[first];
            // What nobody offers is its owner's to sell, at any desk.
            if (first == "open-deal" && !await IsListedAsync(session, client))
                permit = permit with { Strangers = [] };
            foreach (var role in RoleTable.All.Where(r => r.Role is not Roles.Sys))
            {
                var expected = !permit.Roles.HasFlag(role.Role)
                    ? "not-authorised"
                    : permit.Strangers.FirstOrDefault(s => s.Roles.HasFlag(role.Role)).Code;
                if (expected is null)
                    continue;
                var site = role.Place switch
                {
                    RolePlace.Station => Station,
                    RolePlace.Market => Market,
                    _ when Roles.Traders.HasFlag(role.Role) => Market,
                    _ => null,
                };
                var actor =
                    actors.GetValueOrDefault(role.Code)
                    ?? (role.Role is Roles.Con or Roles.Dlr ? $"{Market}/NOBODY" : "stranger");
                var reply = await client.SendAsync(As(request, role.Code, actor, site), CancellationToken.None);
                if ((string?)reply.Json?["code"] != expected)
                    Wrong.Add(
                        $"{first} as {role.Code}: {expected} was expected, {reply.Status} {reply.Json?["code"]} came ({request.Target})"
                    );
            }
        }

        static async Task<bool> IsListedAsync(Session session, Client client)
        {
            var item = await client.SendAsync(new("GET", $"/api/v1/items/{session["id"]}", []), CancellationToken.None);
            return (string?)item.Json?["life"] == "listed";
        }

        /// <summary>What a command recorded, it says.</summary>
        public void After(Operation operation, Fuzz.Reply reply)
        {
            var said = operation.Commands.SelectMany(c => ByName[c].Ends).ToHashSet();
            foreach (var entry in reply.Json?["receipt"]?["entries"]?.AsArray() ?? [])
            {
                // A bundle's receipt comes without leaves.
                if (entry?["leaf"] is null && operation.Commands is ["issue-bundle"])
                    continue;
                var payload = Base64Url.DecodeFromChars(((string)entry!["leaf"]!).Split('.')[1]);
                var type = (string)JsonNode.Parse(Encoding.UTF8.GetString(payload))!["evt"]!;
                if (
                    EventCatalog.All.FirstOrDefault(l => l.WireName == type) is { } line
                    && ProtectedEnds.Of(line.Type) is { } end
                    && !said.Contains(end)
                )
                    Wrong.Add($"{string.Join(", ", operation.Commands)} records {type} and does not say {end}");
            }
        }
    }
}
