using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Support;

namespace Faults;

/// <summary>Clients that write with keys and insist on each until there is an answer. Each has a thing of its own; a
/// fifth
/// of what they say is about one market, so that they meet.</summary>
sealed class Writers : IAsyncDisposable
{
    const string Market = "MK-510104-0001";

    /// <summary>Before a key is sent again.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    readonly HttpClient[] nodes;
    readonly CancellationTokenSource stopping = new();
    readonly ConcurrentBag<Acknowledged> acknowledged = [];
    readonly ConcurrentDictionary<string, int> others = new();
    readonly Task[] writing;
    readonly string run;
    long newest;

    Writers(IReadOnlyList<Node> targets, int count, int seed)
    {
        run = $"{seed.ToString(CultureInfo.InvariantCulture)}x";
        nodes =
        [
            .. targets.Select(n => new HttpClient { BaseAddress = n.Address, Timeout = TimeSpan.FromSeconds(40) }),
        ];
        writing = [.. Enumerable.Range(0, count).Select(w => Task.Run(() => WriteAsync(w, new(seed + w))))];
    }

    public static async Task<Writers> StartAsync(IReadOnlyList<Node> targets, int count, int seed)
    {
        using var first = new HttpClient { BaseAddress = targets[0].Address };
        await Roll.OpenAsync(first);
        using var market = new HttpRequestMessage(HttpMethod.Post, "/api/v1/markets")
        {
            Content = JsonContent.Create(
                new
                {
                    code = Market,
                    name = "旧货市场",
                    occurredAt = "2026-01-01T02:00:00Z",
                    lateReason = "补录",
                }
            ),
        };
        market.Headers.Add("Idempotency-Key", "market");
        market.Headers.Add("Ledger-Role", "REG");
        market.Headers.Add("Ledger-Actor", Roll.CodeOf("REG"));
        (await first.SendAsync(market)).EnsureSuccessStatusCode();
        return new(targets, count, seed);
    }

    public IReadOnlyCollection<Acknowledged> Acknowledged => acknowledged;

    /// <summary>Answers that are neither an acknowledgement nor a 503, by what they said.</summary>
    public IReadOnlyDictionary<string, int> Others => others;

    public int NotServed { get; private set; }

    /// <summary>How long from a moment until something that was sent after it is acknowledged.</summary>
    public async Task<TimeSpan> AgainAsync(long moment, TimeSpan patience)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Interlocked.Read(ref newest) <= moment)
        {
            if (Stopwatch.GetElapsedTime(moment) > patience)
                break;
            await tick.WaitForNextTickAsync();
        }
        return Stopwatch.GetElapsedTime(moment);
    }

    async Task WriteAsync(int writer, Random random)
    {
        string? item = null;
        for (var n = 0; !stopping.IsCancellationRequested; n++)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"m{run}{writer}x{n}x");
            var (path, body, role) = Say(random, item, mark);
            if (await InsistAsync(nodes[(writer + n) % nodes.Length], path, body, mark, role) is not { } answer)
                continue;
            acknowledged.Add(Faults.Acknowledged.Of(mark, answer));
            if (path == "/api/v1/items?receipt=full")
                item = (string)answer["id"]!;
        }
    }

    static (string Path, object Body, string Role) Say(Random random, string? item, string mark) =>
        random.Next(5) switch
        {
            0 => (
                $"/api/v1/markets/{Market}/staff?receipt=full",
                new
                {
                    person = $"K-{mark}",
                    desk = mark,
                    roles = (string[])["CLK"],
                },
                "CLK"
            ),
            1 or 2 when item is not null => (
                $"/api/v1/items/{item}/repairs?receipt=full",
                new { outcome = "fixed", work = mark },
                "REF"
            ),
            _ => (
                "/api/v1/items?receipt=full",
                new
                {
                    category = "appliance",
                    identifiers = (string[])[$"serial:HAIER/{mark}"],
                    model = mark,
                },
                "DLR"
            ),
        };

    /// <summary>The same key until there is an answer; null: it was refused.</summary>
    async Task<JsonNode?> InsistAsync(HttpClient node, string path, object body, string mark, string role)
    {
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path)
                {
                    Content = JsonContent.Create(body),
                };
                request.Headers.Add("Idempotency-Key", mark);
                request.Headers.Add("Ledger-Role", role);
                if (role == "CLK")
                    request.Headers.Add("Ledger-Site", Market);
                using var answer = await node.SendAsync(request);
                if (answer.StatusCode is HttpStatusCode.Created)
                {
                    var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
                    Note(sent);
                    return said;
                }
                if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
                {
                    var text = await answer.Content.ReadAsStringAsync();
                    others.AddOrUpdate(
                        $"{(int)answer.StatusCode} {text[..Math.Min(200, text.Length)]}",
                        1,
                        (_, c) => c + 1
                    );
                    return null;
                }
                NotServed++;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // The service is away: the outcome is unknown, and the same key settles it.
            }
            await Task.Delay(Rest);
        }
    }

    void Note(long sent)
    {
        long before;
        while ((before = Interlocked.Read(ref newest)) < sent)
            if (Interlocked.CompareExchange(ref newest, sent, before) == before)
                return;
    }

    /// <summary>Each ends once its last key is settled.</summary>
    public async Task EndAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(writing);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var node in nodes)
            node.Dispose();
        stopping.Dispose();
    }
}
