using Oms.Otlp.Testing;

namespace Oms.Gateway.Tests.Kit;

/// <summary>A gateway that tells a collector what it measures.</summary>
public sealed class TracedDeployment : IAsyncLifetime
{
    public OtlpCollector Collector { get; private set; } = null!;

    internal TestDeployment Deployment { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Collector = await OtlpCollector.Start();
        Deployment = new TestDeployment();
        Deployment.Trace(Collector.Endpoint, ratio: "0");
        await Deployment.StartGateway();
    }

    public async ValueTask DisposeAsync()
    {
        await Deployment.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
