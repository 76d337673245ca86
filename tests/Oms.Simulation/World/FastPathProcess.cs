using Oms.Domain.Configuration;
using Oms.Domain.Time;
using Oms.FastPath;
using Oms.FastPath.Snapshots;
using Oms.FastPath.Recovery;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Simulation.World;

/// <summary>
/// The FastPath process, all of it but its two threads: the run gives turns to the duty cycle and to the copier.
/// </summary>
internal sealed class FastPathProcess(
    VirtualTime time,
    Trace trace,
    Tally tally,
    Death death,
    FaultyDisk disk,
    SystemConfiguration configuration,
    DataFolder data)
{
    private HealthFile? _health;
    private FastPathParts? _parts;

    public bool IsUp { get; private set; }

    public FastPathParts Parts => _parts ?? throw new InvalidOperationException("FastPath is not up");

    public Engine.Engine Engine => Parts.Replay.Engine;

    public void Start(SharedRegion region)
    {
        LogConfiguration log = configuration.Deployment.Log;
        Guarded(() =>
        {
            trace.Say("fastpath starts");
            _health = HealthFile.Open(region, "fastpath", "");
            _parts = FastPathParts.Open(configuration, data, region, _health, new()
            {
                Clock = new ProcessTime(time, death),
                Log = FastPathSurroundings.SettingsOf(log) with { Disk = disk },
                Meter = board => new MortalMeter(board, death),
                Idle = Wait,
            });
            _parts.Start(configuration);
            IsUp = true;
            trace.Say($"fastpath is up, epoch {Engine.View.Epoch}");
        });
    }

    public void TurnDutyCycle() => Guarded(() => _ = Parts.DutyCycle.RunOnce());

    public void TurnCopier() => Guarded(() => _ = Parts.Copier.RunOnce());

    /// <summary>A snapshot, as the process beside it makes it.</summary>
    public void Snapshot(SharedRegion region)
    {
        LiveRings rings = LiveRings.In(region, configuration.Limits.StrategiesMax);
        new SnapshotRun(data, configuration.Deployment.Log, TextWriter.Null).Run(rings);
        tally.Add("snapshot");
        trace.Say("snapshot");
    }

    public void Die(string place)
    {
        trace.Say($"fastpath dies: {place}");
        tally.Add($"fastpath died: {place}");
        Close();
    }

    /// <summary>Lets go of everything, as the kernel does for a process that is gone.</summary>
    public void Close()
    {
        IsUp = false;
        death.Disarm();
        death.DoesClockCount = false;
        _parts?.Dispose();
        _health?.Dispose();
        (_parts, _health) = (null, null);
        disk.CloseAll();
    }

    private void Guarded(Action turn)
    {
        try
        {
            turn();
        }
        catch (ProcessDiedException died)
        {
            Die(died.Place);
        }
        catch (IOException) when (!IsUp)
        {
            // It ends, and is started again.
            Die("a disk that fails the start");
        }
    }

    /// <summary>Only the disk can help: time goes on, and the copier.</summary>
    private void Wait()
    {
        death.Pass("waiting for the disk");
        tally.Add("waits for the disk");
        time.Advance(UnixNanos.PerMillisecond);
        // While it opens there is no copier yet that could be waited for.
        _ = _parts?.Copier.RunOnce();
    }
}
