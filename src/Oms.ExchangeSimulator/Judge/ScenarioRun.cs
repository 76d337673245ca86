using System.Text.Json;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// Plays a scenario: looks every few milliseconds which steps are due, and orders their faults in the order in which
/// they are written.
/// </summary>
internal sealed class ScenarioRun(FaultDesk desk, Faults faults, RequestCounters counters, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private Scenario? _scenario;
    private string[] _states = [];
    private long _startTimestamp;
    private long _startRequests;

    /// <summary>Begins a scenario now, in the place of one that was not over.</summary>
    public void Start(Scenario scenario)
    {
        lock (_gate)
        {
            (_scenario, _startTimestamp, _startRequests) = (scenario, clock.GetTimestamp(), counters.Total);
            _states = [.. scenario.Steps.Select(_ => "waits")];
            faults.Reseed(scenario.Seed);
        }
    }

    /// <summary>What is not done yet is not done any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _scenario = null;
        }
    }

    /// <summary>Writes how far each step is: waits, done, done in part, or nothing to strike.</summary>
    public void Write(Utf8JsonWriter json)
    {
        lock (_gate)
        {
            json.WriteStartObject();
            json.WriteStartArray("steps");
            for (int index = 0; index < (_scenario?.Steps.Count ?? 0); index++)
            {
                json.WriteStartObject();
                json.WriteString("name", _scenario?.Steps[index].Name ?? $"steps[{index}]");
                json.WriteString("state", _states[index]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            lock (_gate)
            {
                Play();
            }
        }
    }

    private void Play()
    {
        if (_scenario is not { } scenario)
        {
            return;
        }

        long elapsedMs = (long)clock.GetElapsedTime(_startTimestamp).TotalMilliseconds;
        long requests = counters.Total - _startRequests;
        for (int index = 0; index < scenario.Steps.Count; index++)
        {
            ScenarioStep step = scenario.Steps[index];
            if (_states[index] == "waits" && (elapsedMs >= step.AfterMs || requests >= step.AfterRequests))
            {
                int struck = step.Faults.Count(desk.Order);
                _states[index] = struck == step.Faults.Count ? "done"
                    : struck > 0 ? "done in part"
                    : "nothing to strike";
            }
        }
    }
}
