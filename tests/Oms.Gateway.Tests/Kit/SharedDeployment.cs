namespace Oms.Gateway.Tests.Kit;

/// <summary>A gateway for tests that leave it as they found it.</summary>
public sealed class SharedDeployment : IAsyncLifetime
{
    internal TestDeployment Deployment { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Deployment = await TestDeployment.Started();

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
