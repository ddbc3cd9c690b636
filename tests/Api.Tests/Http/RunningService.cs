using Support;

[assembly: AssemblyFixture(typeof(Api.Tests.Http.RunningService))]

namespace Api.Tests.Http;

/// <summary>One service for the classes that ask for it; each test brings its own items and markets. It ends before
/// its database does.</summary>
public sealed class RunningService : IAsyncDisposable
{
    readonly Lazy<Task<TestService>> started = new(() => TestService.StartAsync());

    public Task<TestService> StartedAsync() => started.Value;

    public async Task<Caller> CallerAsync() => new((await started.Value).Client);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
            await (await started.Value).DisposeAsync();
        await DatabaseServer.EndAsync();
    }
}
