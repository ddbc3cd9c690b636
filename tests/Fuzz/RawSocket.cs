using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fuzz;

/// <summary>Sends bytes that no HTTP client would, and reads whatever comes back.</summary>
public static class RawSocket
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20),
        // Of what looks unfinished the service waits for the rest: told that there is none, it gives up.
        Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>One exchange on a connection of its own.</summary>
    public static async Task<Reply> SendAsync(Uri address, byte[] bytes, CancellationToken stop)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var all = new MemoryStream();
        var error = "";
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), patience.Token);
            // The service may answer, and close, before it has read everything.
            var sending = SendAllAsync(socket, bytes, patience.Token);
            var chunk = new byte[16 * 1024];
            for (int n; (n = await ReceiveAsync(socket, chunk, patience.Token)) > 0; )
                all.Write(chunk, 0, n);
            await sending;
        }
        catch (SocketException broken)
        {
            error = broken.Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            error = "time-out";
        }
        return Read(all.ToArray(), error, watch.Elapsed);
    }

    static async Task<int> ReceiveAsync(Socket socket, byte[] chunk, CancellationToken stop)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(stop);
        grace.CancelAfter(Grace);
        try
        {
            return await socket.ReceiveAsync(chunk, grace.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Shutdown(SocketShutdown.Send);
            return await socket.ReceiveAsync(chunk, stop);
        }
    }

    static async Task SendAllAsync(Socket socket, byte[] bytes, CancellationToken stop)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length; )
                sent += await socket.SendAsync(bytes.AsMemory(sent), stop);
        }
        // The service has closed: what it said stands in what was received.
        catch (SocketException) { }
    }

    static Reply Read(byte[] bytes, string error, TimeSpan took)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new(0, error, bytes, new Dictionary<string, string>(), took);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        var status =
            lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, CultureInfo.InvariantCulture, out var n)
                ? n
                : 0;
        // An interim answer stands before the real one.
        if (status is 100)
            return Read(bytes[(end + 4)..], error, took);
        var body = bytes[(end + 4)..];
        if (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
            body = Unchunked(body);
        else if (
            long.TryParse(headers.GetValueOrDefault("Content-Length"), CultureInfo.InvariantCulture, out var length)
        )
            body = body[..(int)Math.Min(body.Length, length)];
        return new(status, headers.GetValueOrDefault("Content-Type", "").Split(';')[0].Trim(), body, headers, took);
    }

    static byte[] Unchunked(byte[] bytes)
    {
        using var all = new MemoryStream();
        for (var at = 0; at < bytes.Length; )
        {
            var line = bytes.AsSpan(at).IndexOf("\r\n"u8);
            if (
                line < 0
                || !int.TryParse(
                    Encoding.ASCII.GetString(bytes, at, line),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var size
                )
                || size == 0
            )
                break;
            var from = at + line + 2;
            all.Write(bytes, from, Math.Min(size, bytes.Length - from));
            at = from + size + 2;
        }
        return all.ToArray();
    }
}
