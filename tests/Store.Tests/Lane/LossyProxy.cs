using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Store.Tests.Lane;

/// <summary>Stands between the ledger and its server, and when told to loses the answer to a COMMIT: the server has
/// committed, nobody hears of it.</summary>
sealed class LossyProxy : IDisposable
{
    /// <summary>CommandComplete of COMMIT: what a session is told once its transaction is durable.</summary>
    static readonly byte[] Committed = [(byte)'C', 0, 0, 0, 11, .. "COMMIT\0"u8];

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-proxy-");
    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly NpgsqlConnectionStringBuilder server;
    int armed;

    /// <param name="connection">Of the server, over a socket or TCP.</param>
    public LossyProxy(string connection)
    {
        server = new(connection);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, ".s.PGSQL.5432")));
        listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>The same database, through here.</summary>
    public string Connection =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = folder.FullName,
            Port = 5432,
        }.ConnectionString;

    /// <summary>The next COMMIT is not answered, and its session ends.</summary>
    public void LoseNext() => Interlocked.Exchange(ref armed, 1);

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(Socket client)
    {
        EndPoint to = server.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint(Path.Combine(server.Host, $".s.PGSQL.{server.Port}"))
            : new DnsEndPoint(server.Host, server.Port);
        using var upstream = new Socket(
            to is DnsEndPoint ? AddressFamily.InterNetwork : AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        using (client)
        {
            await upstream.ConnectAsync(to);
            await Task.WhenAny(PumpAsync(client, upstream, false), PumpAsync(upstream, client, true));
        }
    }

    /// <summary>Ends when either side does, or where an answer is to be lost.</summary>
    async Task PumpAsync(Socket from, Socket into, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var n)
            {
                var lost = answers && buffer.AsSpan(0, n).IndexOf(Committed) >= 0;
                if (lost && Interlocked.Exchange(ref armed, 0) == 1)
                    return;
                for (var sent = 0; sent < n; )
                    sent += await into.SendAsync(buffer.AsMemory(sent, n - sent));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side is gone.
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        folder.Delete(recursive: true);
    }
}
