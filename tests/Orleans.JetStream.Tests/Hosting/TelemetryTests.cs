using System.Diagnostics;
using System.Diagnostics.Metrics;
using Oms.Testing;
using Orleans.JetStream.Reminders;
using Orleans.JetStream.Tests.Clustering;
using Orleans.JetStream.Tests.Reminders;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Hosting;

public sealed class TelemetryTests(SharedNatsServer nats)
{
    [Fact]
    public async Task Operations_are_measured_by_what_they_did_and_how_they_ended()
    {
        var bucket = SharedNatsServer.NewBucket();
        using var measured = new Measured(bucket);
        await using var host = await StorageHost.StartAsync(
            nats.Server.ToOptions(), options => options.Bucket = bucket);
        var grain = GrainId.Create("tester", "one");
        _ = await host.WriteAsync(grain, new TestState());
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.WriteAsync(grain, new TestState()));
        _ = await host.ReadAsync(grain);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Storage.ReadStateAsync(
            "state", grain, new HeldState(), new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<JetStreamStorageException>(
            () => host.Storage.ReadStateAsync("state", grain, new GrainState<string>()));
        string[] expected =
        [
            "open done", "write done", "write conflict", "read done", "read canceled", "read failed",
        ];
        Assert.Equal(expected, measured.Operations);
        Assert.Equal(expected, measured.Activities);
        Assert.True(measured.Seconds > 0);
    }

    [Fact]
    public async Task A_refused_change_of_membership_counts_as_a_conflict()
    {
        var bucket = SharedNatsServer.NewBucket();
        using var measured = new Measured(bucket);
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        var version = (await host.ReadAsync()).Version.Next();
        Assert.True(await host.Table.InsertRowAsync(Silos.Entry(1), version, default));
        Assert.False(await host.Table.InsertRowAsync(Silos.Entry(2), version, default));
        Assert.Equal(
            ["open done", "create done", "read done", "insert done", "insert conflict"], measured.Operations);
    }

    [Fact]
    public async Task Repeated_requests_are_counted()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var server = await NatsServer.StartAsync();
        await using var host = await ReminderHost.StartAsync(
            server.ToOptions(),
            bucket,
            configure: options => options.AttemptTimeout = TimeSpan.FromMilliseconds(100));
        host.Options.OperationTimeout = TimeSpan.FromMilliseconds(400);
        using var measured = new Measured(bucket);
        await server.KillAsync();
        await Assert.ThrowsAsync<JetStreamRemindersException>(
            () => host.Table.ReadRow(GrainId.Create("tester", "one"), "none", default));
        Assert.Equal(["read failed"], measured.Operations);
        Assert.InRange(measured.Repeats, 1, 10);
    }

    /// <summary>What is measured and traced of one bucket while this listens.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly MeterListener _meters = new();
        private readonly ActivityListener _activities;
        private readonly List<string> _operations = [];
        private readonly List<string> _traced = [];
        private readonly Lock _gate = new();

        public Measured(string bucket)
        {
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == JetStreamTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            {
                if (TagIn(tags, "orleans.jetstream.bucket") == bucket)
                {
                    Assert.Equal("orleans.jetstream.operation.duration", instrument.Name);
                    Note(
                        _operations,
                        TagIn(tags, "orleans.jetstream.operation"),
                        TagIn(tags, "orleans.jetstream.outcome"));
                    Seconds += value;
                }
            });
            _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (TagIn(tags, "orleans.jetstream.bucket") == bucket)
                {
                    Assert.Equal("orleans.jetstream.request.repeats", instrument.Name);
                    Repeats += value;
                }
            });
            _meters.Start();
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name == JetStreamTelemetry.ActivitySourceName,
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem("orleans.jetstream.bucket") as string == bucket)
                    {
                        Note(
                            _traced,
                            activity.OperationName,
                            activity.GetTagItem("orleans.jetstream.outcome") as string);
                    }
                },
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public IReadOnlyList<string> Operations => _operations;

        public IReadOnlyList<string> Activities => _traced;

        public double Seconds { get; private set; }

        public long Repeats { get; private set; }

        public void Dispose()
        {
            _activities.Dispose();
            _meters.Dispose();
        }

        private void Note(List<string> list, string? operation, string? outcome)
        {
            lock (_gate)
            {
                list.Add($"{operation} {outcome}");
            }
        }

        private static string? TagIn(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
        {
            foreach (var (key, value) in tags)
            {
                if (key == name)
                {
                    return value as string;
                }
            }

            return null;
        }
    }
}
