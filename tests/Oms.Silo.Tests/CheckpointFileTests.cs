using Oms.Silo.Feed;
using Oms.Testing;

namespace Oms.Silo.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("checkpoint");

    [Fact]
    public void What_was_written_last_is_read()
    {
        var file = new CheckpointFile(_folder["silo"]);
        Assert.Equal(0, file.Read().LogSequence);
        file.Write(Checkpoint.Of(7, [new HeldSink(3)], [], [Deployment.Main, Deployment.Sub]));
        file.Write(Checkpoint.Of(9, [new HeldSink(5)], [], [Deployment.Main, Deployment.Sub]));

        Checkpoint read = new CheckpointFile(_folder["silo"]).Read();
        Assert.Equal(9, read.LogSequence);
        Assert.Equal(5, read.HeldBy(new HeldSink(0), Deployment.Sub));
        Assert.Equal([Deployment.Main, Deployment.Sub], read.Accounts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"log_sequence\":12,\"he")]
    [InlineData("\0\0\0")]
    public void A_damaged_checkpoint_is_none(string damaged)
    {
        _ = Directory.CreateDirectory(_folder["silo"]);
        File.WriteAllText(_folder["silo", "checkpoint.json"], damaged);
        Assert.Equal(0, new CheckpointFile(_folder["silo"]).Read().LogSequence);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class HeldSink(long held) : IEventSink
    {
        public string Name => "held";

        public Task<long> ResumeAsync(
            Domain.Accounts.AccountName account, long checkpointed, CancellationToken cancellation) =>
            Task.FromResult(held);

        public Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation) =>
            Task.CompletedTask;

        public long HeldOf(Domain.Accounts.AccountName account) => held;
    }
}
