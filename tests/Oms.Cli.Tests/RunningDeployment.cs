namespace Oms.Cli.Tests;

/// <summary>A deployment that is up, for tests that leave it up and whole.</summary>
public sealed class RunningDeployment : IAsyncLifetime
{
    internal TestDeployment Deployment { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Run up = await Deployment.UpDetachedAsync();
        Assert.True(up.ExitCode == 0, up.ToString());
    }

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
