using Grpc.Health.V1;
using Grpc.HealthCheck;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.SharedMemory.Health;

namespace Oms.Gateway.Health;

/// <summary>
/// Says how the gateway is, in its health file and to health checks, and keeps the names fresh.
/// </summary>
internal sealed class HealthReporter(
    HealthFile file,
    CommandRing commands,
    EventPump events,
    ListingNames names,
    HealthServiceImpl checks,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<HealthReporter> logger) : BackgroundService
{
    private const string OrdersName = "oms.v1.OrderService";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ProcessState said = ProcessState.Starting;
        // Clients that look go elsewhere while what is under way is still answered.
        using CancellationTokenRegistration draining =
            lifetime.ApplicationStopping.Register(() => SetServing(isServing: false));
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                bool isHeard = commands.IsConsumerAlive && events.IsProducerAlive;
                ProcessState state = isHeard ? ProcessState.Ready : ProcessState.Degraded;
                if (state == said || !lifetime.ApplicationStarted.IsCancellationRequested)
                {
                    file.Beat();
                }
                else
                {
                    Say(state, isHeard ? "" : "fastpath silent");
                    said = state;
                }

                names.Refresh();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            file.Say(ProcessState.Stopping, "");
        }
    }

    private void Say(ProcessState state, string detail)
    {
        SetServing(state == ProcessState.Ready && !lifetime.ApplicationStopping.IsCancellationRequested);
        file.Say(state, detail);
        logger.StateChanged(state, detail);
    }

    private void SetServing(bool isServing)
    {
        var status = isServing
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing;
        checks.SetStatus("", status);
        checks.SetStatus(OrdersName, status);
    }
}
