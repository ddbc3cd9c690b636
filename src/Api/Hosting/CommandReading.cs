using Ledger.Kernel;
using Ledger.Store.Postgres;

namespace Api.Hosting;

/// <summary>Reads a command's actor, key and body, and says what is wrong with them.</summary>
static class CommandReading
{
    public const int LargestBody = 1 << 20;

    /// <summary>Actor, key and body; null where a problem was answered.</summary>
    public static async Task<Incoming<T>?> ReadAsync<T>(HttpContext http, LedgerDatabase database)
        where T : class
    {
        if (!StatedActor.TryRead(http.Request, out var by, out var refusal))
        {
            await Problems.WriteAsync(http, refusal);
            return null;
        }
        var keys = http.Request.Headers["Idempotency-Key"];
        var key = keys.ToString();
        if (keys.Count != 1 || key.Length is 0 or > 200 || key.Any(c => c is < '!' or > '~'))
        {
            await Problems.WriteAsync(http, new Refusal("idempotency-key-missing"));
            return null;
        }
        if (!http.Request.HasJsonContentType())
        {
            await Problems.WriteAsync(http, new Refusal("unsupported-media-type"));
            return null;
        }
        var (bytes, unread) = await BodyAsync(http);
        if (bytes is null)
        {
            await Problems.WriteAsync(http, unread!);
            return null;
        }
        var (envelope, wrong) = BodyEnvelope.TakeOut(bytes);
        var (body, malformed, status) = wrong is null ? ApiJson.Read<T>(envelope.Rest) : (null, wrong, null);
        if (body is null)
        {
            await Problems.WriteAsync(http, malformed!, status);
            return null;
        }
        return new(http, body, new(MarketCode.IsWellFormed(by.Site) ? by.Site : by.Actor), by, key, database.Handles)
        {
            Envelope = envelope,
            Sent = bytes,
        };
    }

    static async Task<(byte[]? Bytes, Refusal? Refusal)> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > LargestBody)
            return (null, new("body-too-large"));
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            for (int n; (n = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0; )
            {
                buffer.Write(chunk, 0, n);
                if (buffer.Length > LargestBody)
                    return (null, new("body-too-large"));
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == 413)
        {
            return (null, new("body-too-large"));
        }
        // The server's own word for a chunk whose size overflows; a caller that left is told nothing.
        catch (IOException error)
            when (error is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
            return (null, BodyFaults.Of("The chunks of the body cannot be read.", "无法读取内容的分块。"));
        }
        return (buffer.ToArray(), null);
    }
}
