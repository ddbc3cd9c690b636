using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>A request as it is sent.</summary>
/// <param name="Target">Path and query, encoded.</param>
public sealed record Request(
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body = null
)
{
    /// <summary>The same request for a shell.</summary>
    public string Curl(Uri address)
    {
        var line = new StringBuilder(
            $"curl -sS --path-as-is -X {Method} {Quoted($"{address}{Target.TrimStart('/')}")}"
        );
        foreach (var (name, value) in Headers)
            line.Append(CultureInfo.InvariantCulture, $" -H {Quoted($"{name}: {value}")}");
        if (Body is null)
            return line.ToString();
        // What is no plain text, or long, goes by its bytes.
        var text = Encoding.UTF8.GetString(Body);
        return
            Body.Length < 4_000
            && text.All(c => c is >= ' ' and < '\uFFFD')
            && Encoding.UTF8.GetByteCount(text) == Body.Length
            ? line.Append(CultureInfo.InvariantCulture, $" --data-binary {Quoted(text)}").ToString()
            : $"echo {Convert.ToBase64String(Body.AsSpan(0, Math.Min(Body.Length, 3_000)))} | base64 -d | {line} --data-binary @- # {Body.Length} bytes";
    }

    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What came back.</summary>
/// <param name="Status">0 where the connection was closed without an answer.</param>
public sealed record Reply(
    int Status,
    string MediaType,
    byte[] Body,
    IReadOnlyDictionary<string, string> Headers,
    TimeSpan Took
)
{
    JsonNode? json;
    bool read;

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonNode? Json
    {
        get
        {
            if (read)
                return json;
            read = true;
            try
            {
                json = JsonNode.Parse(Body);
            }
            catch (JsonException) { }
            return json;
        }
    }
}

/// <summary>Sends what a client can send.</summary>
public sealed class Client(Uri address) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 16,
            // Names of parties may be Chinese; what a header is written in nobody tells.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        }
    )
    {
        BaseAddress = address,
        Timeout = Patience,
    };

    public Uri Address => address;

    public async Task<Reply> SendAsync(Request request, CancellationToken stop)
    {
        // As it is: a client that tidies paths up would hide what the service makes of them.
        var asIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var message = new HttpRequestMessage(
            new(request.Method),
            new Uri($"{address.GetLeftPart(UriPartial.Authority)}{request.Target}", asIs)
        );
        if (request.Body is not null)
            message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value))
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            using var answer = await http.SendAsync(message, stop);
            var body = await answer.Content.ReadAsByteArrayAsync(stop);
            return new(
                (int)answer.StatusCode,
                answer.Content.Headers.ContentType?.MediaType ?? "",
                body,
                answer
                    .Headers.Concat(answer.Content.Headers)
                    .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
                watch.Elapsed
            );
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new(0, error.Message, [], new Dictionary<string, string>(), watch.Elapsed);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(0, "time-out", [], new Dictionary<string, string>(), watch.Elapsed);
        }
    }

    public void Dispose() => http.Dispose();
}
