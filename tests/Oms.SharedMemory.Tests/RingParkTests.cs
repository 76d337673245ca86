using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

/// <summary>A sleep here would last longer than any test may, were it not ended by what is to end it.</summary>
public sealed class RingParkTests : IDisposable
{
    private const long TooLongNanos = 600_000_000_000;
    private const long ShortNanos = 1_000;

    private readonly TestRegion _region = new();
    private readonly RingWriter _writer;
    private readonly RingReader _reader;
    private readonly RingPark _park = new();

    public RingParkTests()
    {
        string path = _region.Ring();
        _writer = RingWriter.Attach(path);
        _reader = RingReader.Attach(path);
        _park.Watch(_reader);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _region.Dispose();
    }

    [Fact]
    public async Task A_message_wakes_its_reader()
    {
        Task<bool> sleeping = Sleeping();
        await UntilParked();
        Offer();
        Assert.True(await sleeping);
        Assert.True(_reader.TryRead(out _));
    }

    [Fact]
    public async Task The_reader_sleeps_again_and_is_woken_again()
    {
        for (int round = 0; round < 100; round++)
        {
            Task<bool> sleeping = Sleeping();
            await UntilParked();
            Offer();
            Assert.True(await sleeping);
            Assert.True(_reader.TryRead(out _));
        }
    }

    [Fact]
    public void What_came_since_the_look_is_not_slept_over()
    {
        _park.BeforeLook();
        Offer();
        Assert.True(_park.Sleep(TooLongNanos));
    }

    [Fact]
    public void What_was_there_at_the_look_and_could_not_be_taken_is_slept_over()
    {
        Offer();
        _park.BeforeLook();
        Assert.False(_park.Sleep(ShortNanos));
    }

    [Fact]
    public async Task Another_thread_of_the_process_wakes_it()
    {
        Task<bool> sleeping = Sleeping();
        await UntilParked();
        _park.Wake();
        Assert.True(await sleeping);
    }

    [Fact]
    public void A_call_before_the_sleep_is_not_lost()
    {
        _park.BeforeLook();
        _park.Wake();
        Assert.True(_park.Sleep(TooLongNanos));
    }

    [Fact]
    public void Nothing_ends_it_but_its_limit()
    {
        _park.BeforeLook();
        Assert.False(_park.Sleep(ShortNanos));
    }

    [Fact]
    public void A_ring_that_is_watched_no_more_wakes_nobody()
    {
        _park.BeforeLook();
        _park.WatchNone();
        Offer();
        Assert.False(_park.Sleep(ShortNanos));
    }

    [Fact]
    public void As_many_rings_as_the_kernel_takes_are_watched_and_more_do_no_harm()
    {
        for (int ring = 0; ring < RingPark.RingsMax + 10; ring++)
        {
            _park.Watch(_reader);
        }

        _park.BeforeLook();
        Assert.False(_park.Sleep(ShortNanos));
        Offer();
        Assert.True(_park.Sleep(TooLongNanos));
    }

    [Fact]
    public void Sleeping_and_waking_allocate_nothing()
    {
        SleepAndWake();
        long before = GC.GetAllocatedBytesForCurrentThread();
        SleepAndWake();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void SleepAndWake()
    {
        _park.BeforeLook();
        _ = _park.Sleep(ShortNanos);
        _park.Wake();
        _ = _park.Sleep(ShortNanos);
        _park.WatchNone();
        _park.Watch(_reader);
    }

    private Task<bool> Sleeping()
    {
        _park.BeforeLook();
        return Task.Factory.StartNew(
            () => _park.Sleep(TooLongNanos), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Until the reader has said that it wants to be woken.</summary>
    private async Task UntilParked()
    {
        while (!IsParked())
        {
            await Task.Yield();
        }
    }

    private unsafe bool IsParked() =>
        Volatile.Read(ref _reader.Ring.Header->ReaderParks) == RingHeader.Parked;

    private void Offer()
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        Assert.Equal(OfferResult.Accepted, _writer.Offer(in tick));
    }
}
