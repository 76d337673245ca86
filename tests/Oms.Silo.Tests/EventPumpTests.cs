using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Journal.Checkpoints;
using Oms.Silo.Feed;
using Oms.Silo.Text;
using Oms.Testing;

namespace Oms.Silo.Tests;

/// <summary>The feed over sinks that fail, forget and fall behind.</summary>
public sealed class EventPumpTests : IAsyncLifetime
{
    private readonly Deployment _deployment = new();
    private readonly FeedState _state = new();
    private readonly MemoryLogSink _logSink = new();
    private CancellationTokenSource _stop = new();
    private readonly PlayedFastPath _fastPath;
    private LiveEvents? _live;
    private Task? _run;

    public EventPumpTests() => _fastPath = PlayedFastPath.Start(_deployment);

    public async ValueTask InitializeAsync() =>
        _live = await LiveEvents.OpenAsync(
            _deployment.Region, _state, isDurableOnly: false, CancellationToken.None);

    [Fact]
    public async Task Every_event_reaches_every_sink_once_and_in_order()
    {
        var first = new MemorySink("first");
        var second = new MemorySink("second");
        _fastPath.Write(100);
        Start(first, second);
        await DeliveredAsync();
        _fastPath.Write(3_000);
        await DeliveredAsync();
        AssertComplete(first);
        AssertComplete(second);
        Assert.True(_state.IsLive);
    }

    [Fact]
    public async Task A_sink_that_fails_in_the_middle_of_a_batch_is_continued_from_what_it_stored()
    {
        var sound = new MemorySink("sound");
        var failing = new MemorySink("failing") { FailuresAfter = [50, 51, 700] };
        _fastPath.Write(2_000);
        Start(sound, failing);
        await DeliveredAsync();
        Assert.Empty(failing.FailuresAfter);
        AssertComplete(sound);
        AssertComplete(failing);
        Assert.Equal("", _state.Failure);
    }

    [Fact]
    public async Task A_failure_that_lasts_is_said_and_forgotten_when_it_ends()
    {
        var sink = new MemorySink("down") { IsDown = true };
        _fastPath.Write(10);
        Start(sink);
        await Eventually.True(() => _state.Failure == "down is down");
        Assert.Equal(0, _state.LastDeliveredLogSequence);
        sink.IsDown = false;
        await DeliveredAsync();
        AssertComplete(sink);
        Assert.Equal("", _state.Failure);
    }

    [Fact]
    public async Task The_next_process_begins_at_the_checkpoint()
    {
        var sink = new MemorySink("sink");
        _fastPath.Write(500);
        Start(sink);
        await DeliveredAsync();
        await StopAsync();
        sink.OfferedCount = 0;
        _fastPath.Write(7);
        Start(sink);
        await DeliveredAsync();
        AssertComplete(sink);
        Assert.Equal(7, sink.OfferedCount);
    }

    [Fact]
    public async Task The_log_is_told_what_every_sink_has_and_no_more()
    {
        var checkpoints = new CheckpointFolder(_deployment.Data.Checkpoints);
        var sink = new MemorySink("sink") { IsDown = true };
        _fastPath.Write(500);
        Start(sink);
        await Eventually.True(() => _state.Failure == "sink is down");
        Assert.Empty(checkpoints.Read());
        sink.IsDown = false;
        await DeliveredAsync();
        Assert.Equal(_fastPath.LastLogSequence, checkpoints.Read()["silo"]);
    }

    [Fact]
    public async Task What_the_log_no_longer_holds_is_said_and_not_passed_over()
    {
        var sink = new MemorySink("sink");
        _fastPath.Write(6_000);
        string[] segments = Directory.GetFiles(_deployment.Data.Log, "*.log");
        Assert.True(segments.Length > 1);
        File.Delete(segments.Order().First());
        Start(sink);
        await Eventually.True(
            () => _state.Failure.StartsWith("event 1 was asked for, and the log begins with event "));
        Assert.Empty(sink.Stored(Deployment.Main));
    }

    [Fact]
    public async Task A_sink_that_forgot_is_filled_from_the_log_and_the_others_take_nothing_twice()
    {
        var sound = new MemorySink("sound");
        var forgetful = new MemorySink("forgetful");
        _fastPath.Write(500);
        Start(sound, forgetful);
        await DeliveredAsync();
        await StopAsync();
        forgetful.Forget();
        Start(sound, forgetful);
        await DeliveredAsync();
        AssertComplete(sound);
        AssertComplete(forgetful);
    }

    [Fact]
    public async Task A_sink_that_falls_behind_while_it_is_fed_is_filled_from_the_log()
    {
        var sink = new MemorySink("sink");
        _fastPath.Write(500);
        Start(sink);
        await DeliveredAsync();
        sink.Forget();
        _fastPath.Write(3);
        await DeliveredAsync();
        AssertComplete(sink);
    }

    [Fact]
    public async Task Who_follows_the_whole_log_gets_it_whole_and_again_from_where_it_forgot()
    {
        _fastPath.Write(1_500);
        Start(new MemorySink("sink"));
        await DeliveredAsync();
        Assert.Equal(LogSequences(1, 1_500), _logSink.Stored);
        await StopAsync();
        _logSink.ForgetAfter(700);
        Start(new MemorySink("sink"));
        await DeliveredAsync();
        Assert.Equal(LogSequences(1, 1_500), _logSink.Stored);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _live?.Dispose();
        _fastPath.Dispose();
        _deployment.Dispose();
    }

    private void Start(params MemorySink[] sinks)
    {
        LiveEvents live = _live ?? throw new InvalidOperationException("not open");
        var pump = new EventPump(
            live,
            _deployment.Data,
            new CheckpointFile(_deployment.Data.Silo),
            [Deployment.Main],
            [.. sinks],
            [_logSink],
            new EventNames(live.Listings),
            _state,
            static () => { },
            NullLogger<EventPump>.Instance);
        _run = pump.RunAsync(_stop.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null)
        {
            await _run;
        }

        _stop.Dispose();
        _stop = new();
    }

    private Task DeliveredAsync() => Eventually.True(() =>
    {
        // A full ring drops what it is told: FastPath says its last number again and again.
        _fastPath.Announce();
        return _state.LastDeliveredLogSequence == _fastPath.LastLogSequence;
    });

    private void AssertComplete(MemorySink sink)
    {
        Assert.Equal(Written(PlayedFastPath.MainId), sink.Stored(Deployment.Main));
        Assert.Equal(Written(PlayedFastPath.SubId), sink.Stored(Deployment.Sub));
    }

    private IEnumerable<long> Written(AccountId account) =>
        Enumerable.Range(1, (int)_fastPath.LastSequenceOf(account)).Select(sequence => (long)sequence);

    private static IEnumerable<long> LogSequences(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(sequence => (long)sequence);

    /// <summary>Keeps log sequences.</summary>
    private sealed class MemoryLogSink : ILogSink
    {
        public List<long> Stored { get; } = [];

        public string Name => "log";

        public long Held => Stored.LastOrDefault();

        public void ForgetAfter(long logSequence) => _ = Stored.RemoveAll(stored => stored > logSequence);

        public Task<long> ResumeAsync(CancellationToken cancellation) => Task.FromResult(Held);

        public Task DeliverAsync(
            IReadOnlyList<byte[]> events, long lastLogSequence, CancellationToken cancellation)
        {
            Stored.AddRange(events
                .Select(message => MessageBytes.Header(message).LogSequence)
                .Where(sequence => sequence > Held)
                .ToArray());
            return Task.CompletedTask;
        }
    }

    /// <summary>Keeps sequences; stores one after the other, so that a failure leaves half a batch.</summary>
    private sealed class MemorySink(string name) : IEventSink
    {
        private readonly Dictionary<AccountName, List<long>> _stored = [];

        public string Name => name;

        public volatile bool IsDown;

        /// <summary>After so many stored events it fails, once each.</summary>
        public List<int> FailuresAfter { get; init; } = [];

        public int OfferedCount { get; set; }

        public List<long> Stored(AccountName account)
        {
            if (!_stored.TryGetValue(account, out List<long>? sequences))
            {
                sequences = [];
                _stored.Add(account, sequences);
            }

            return sequences;
        }

        public void Forget() => _stored.Clear();

        public Task<long> ResumeAsync(
            AccountName account, long checkpointed, CancellationToken cancellation) =>
            IsDown
                ? Task.FromException<long>(new IOException($"{name} is down"))
                : Task.FromResult(HeldOf(account));

        public Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
        {
            foreach (AccountEvents events in batch)
            {
                List<long> stored = Stored(events.Account);
                if (events.FirstSequence > HeldOf(events.Account) + 1)
                {
                    return Task.FromException(new SinkBehindException(name, HeldOf(events.Account) + 1));
                }

                foreach (byte[] message in events.Messages)
                {
                    OfferedCount++;
                    long sequence = MessageBytes.Header(message).AccountSequence;
                    if (sequence <= HeldOf(events.Account))
                    {
                        continue;
                    }

                    if (FailuresAfter.Remove(_stored.Values.Sum(sequences => sequences.Count)))
                    {
                        return Task.FromException(new IOException($"{name} failed"));
                    }

                    stored.Add(sequence);
                }
            }

            return Task.CompletedTask;
        }

        public long HeldOf(AccountName account) => Stored(account).LastOrDefault();
    }
}
