using Oms.Domain;
using Oms.Grains.Accounts;

namespace Oms.Grains.Tests;

public sealed class SequencedStoreTests
{
    private readonly HeldState _held = new();
    private readonly SequencedStore<AccountState> _store;
    private int _deactivations;

    public SequencedStoreTests() => _store = new(_held, () => _deactivations++);

    [Fact]
    public async Task A_batch_is_one_write()
    {
        _ = await ApplyAsync(1, 100);
        Assert.Equal(1, _held.WriteCount);
        Assert.Equal(100, _store.State.LastSequence);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(7, 9)]
    public async Task What_changes_nothing_is_not_written(long first, long last)
    {
        _ = await ApplyAsync(1, 5);
        Assert.Equal(6, (await ApplyAsync(first, last)).NextSequence);
        Assert.Equal(1, _held.WriteCount);
        Assert.Equal(0, _deactivations);
    }

    [Fact]
    public async Task A_failed_write_ends_the_activation()
    {
        _held.Failure = new IOException("disk full");
        _ = await Assert.ThrowsAsync<IOException>(() => ApplyAsync(1, 2));
        Assert.Equal(1, _deactivations);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 2)]
    public async Task An_impossible_batch_ends_the_activation(long first, long last)
    {
        _ = await Assert.ThrowsAsync<InvariantBrokenException>(() => ApplyAsync(first, last));
        Assert.Equal(1, _deactivations);
        Assert.Equal(0, _held.WriteCount);
    }

    [Fact]
    public async Task State_of_a_later_version_is_not_touched()
    {
        _held.State = new AccountState { Version = AccountState.CurrentVersion + 1 };
        _ = await Assert.ThrowsAsync<InvariantBrokenException>(() => ApplyAsync(1, 2));
        Assert.Equal(1, _deactivations);
        Assert.Equal(0, _held.WriteCount);
    }

    private Task<BatchReceipt> ApplyAsync(long first, long last) =>
        _store.Apply(first, last, state => state with { LastSequence = last });

    /// <summary>State in memory whose writes are counted, and fail on demand.</summary>
    private sealed class HeldState : IPersistentState<AccountState>
    {
        public AccountState State { get; set; } = new();

        public string Etag => "";

        public bool RecordExists => WriteCount > 0;

        public int WriteCount { get; private set; }

        public Exception? Failure { get; set; }

        public Task WriteStateAsync()
        {
            WriteCount += Failure is null ? 1 : 0;
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task ClearStateAsync() => Task.CompletedTask;
    }
}
