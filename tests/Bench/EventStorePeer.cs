using System.Text;
using Bench.Wire;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Bench;

/// <summary>EventStoreDB or KurrentDB, where one is named: the same event bytes, one event an append, each to a stream
/// that must not be there yet.</summary>
sealed class EventStorePeer : IAsyncDisposable
{
    public const string Variable = "EVENTSTORE_URL",
        Name = "eventstoredb-append";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        FirstPatience = TimeSpan.FromSeconds(3);

    static readonly AppendRequest.Types.Proposed Event = new()
    {
        Metadata = { ["type"] = "item-registered.v1", ["content-type"] = "application/json" },
        CustomMetadata = ByteString.CopyFromUtf8(Peers.Headers),
        Data = ByteString.CopyFromUtf8(Peers.Event),
    };

    readonly GrpcChannel channel;
    readonly Streams.StreamsClient streams;
    readonly Metadata headers = new() { { "requires-leader", "True" } };

    EventStorePeer(EventStoreAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = FirstPatience,
            KeepAlivePingDelay = Patience,
            KeepAlivePingTimeout = Patience,
        };
        if (address.AnyCertificate)
#pragma warning disable CA5359 // Who names the server says so, and nothing but samples is sent to it.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        channel = GrpcChannel.ForAddress(address.Server, new() { HttpHandler = handler, DisposeHttpClient = true });
        streams = new(channel);
        if (address.User is { } user)
            headers.Add("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}");
    }

    /// <summary>As the server tells it.</summary>
    public string? Version { get; private set; }

    /// <returns>Null where none is named.</returns>
    /// <exception cref="ConditionException">One is named that takes no event.</exception>
    public static async Task<EventStorePeer?> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } url)
            return null;
        var address =
            EventStoreAddress.Read(url)
            ?? throw new ConditionException(
                $"{Variable} names no single node: it has the form esdb://user:password@host:2113?tls=false."
            );
        var peer = new EventStorePeer(address);
        try
        {
            await peer.AppendAsync(FirstPatience);
            peer.Version = await peer.VersionAsync();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public Task<bool> AppendAsync(int caller) => AppendAsync(Patience);

    async Task<bool> AppendAsync(TimeSpan patience)
    {
        var target = new AppendRequest.Types.Target
        {
            Stream = new() { Name = ByteString.CopyFromUtf8($"bench-{Guid.NewGuid():N}") },
            NoStream = new(),
        };
        var proposed = Event.Clone();
        proposed.Id = new() { Text = $"{Guid.NewGuid()}" };
        try
        {
            using var call = streams.Append(headers, Until(patience));
            await call.RequestStream.WriteAsync(new() { Target = target });
            await call.RequestStream.WriteAsync(new() { Proposed = proposed });
            await call.RequestStream.CompleteAsync();
            return (await call).ResultCase == AppendAnswer.ResultOneofCase.Success
                ? true
                : throw new ConditionException($"{Variable}: the server refused a new stream.");
        }
        catch (RpcException error)
        {
            throw new ConditionException(
                $"{Variable}: the server it names took no event ({error.StatusCode}: {error.Status.Detail})."
            );
        }
    }

    async Task<string?> VersionAsync()
    {
        try
        {
            var features = new ServerFeatures.ServerFeaturesClient(channel);
            return (await features.GetSupportedMethodsAsync(new(), headers, Until(FirstPatience))).Version;
        }
        catch (RpcException)
        {
            return null;
        }
    }

    static DateTime Until(TimeSpan patience) => (TimeProvider.System.GetUtcNow() + patience).UtcDateTime;

    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What a connection string says of one node; its other settings are those of richer clients.</summary>
/// <param name="User">And password, with a colon between.</param>
sealed record EventStoreAddress(Uri Server, string? User, bool AnyCertificate)
{
    static readonly string[] Schemes = ["esdb", "kurrentdb", "kurrent", "kdb"];

    /// <returns>Null where it is none, or one of a cluster: what is measured is one node.</returns>
    public static EventStoreAddress? Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host == "")
            return null;
        var settings = uri
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.Split('=', 2))
            .ToLookup(s => s[0], s => s[^1], StringComparer.OrdinalIgnoreCase);
        bool Off(string name) => settings[name].Contains("false", StringComparer.OrdinalIgnoreCase);
        var server = new UriBuilder(Off("tls") ? "http" : "https", uri.Host, uri.IsDefaultPort ? 2113 : uri.Port).Uri;
        var user = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        return new(server, user, Off("tlsVerifyCert"));
    }
}
