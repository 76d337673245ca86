using Oms.Domain.Transfers;

namespace Oms.Domain.Tests;

/// <summary>The table of a transfer's life, read aloud.</summary>
public sealed class TransferLifecycleTests
{
    [Theory]
    [InlineData("Accepted", TransferStatus.Reserved)]
    [InlineData("Refused", TransferStatus.Rejected)]
    [InlineData("Accepted Refused", TransferStatus.Rejected)]
    [InlineData("Accepted Debited", TransferStatus.InTransit)]
    [InlineData("Accepted Doubted AskedAgain Debited Credited", TransferStatus.Completed)]
    [InlineData("Accepted Debited Doubted Reversed", TransferStatus.Rejected)]
    [InlineData("Accepted Debited Credited Doubted", TransferStatus.Completed)]
    [InlineData("Accepted Debited Credited Reversed Restated", TransferStatus.Rejected)]
    public void One_hop(string steps, TransferStatus end) => Assert.Equal(end, Walk(steps, hops: 1));

    [Theory]
    [InlineData("Accepted Debited Credited", TransferStatus.Reserved)]
    [InlineData("Accepted Debited Credited Reversed", TransferStatus.Rejected)]
    [InlineData("Accepted Debited Credited Forwarded Refused", TransferStatus.Stranded)]
    [InlineData("Accepted Debited Credited Forwarded Debited Reversed", TransferStatus.Stranded)]
    [InlineData("Accepted Debited Credited Forwarded Debited Credited", TransferStatus.Completed)]
    public void Two_hops(string steps, TransferStatus end) => Assert.Equal(end, Walk(steps, hops: 2));

    [Theory]
    [InlineData("Debited")]
    [InlineData("Accepted Credited")]
    [InlineData("Accepted Accepted")]
    [InlineData("Accepted Refused Debited")]
    [InlineData("Accepted Debited Refused")]
    [InlineData("Accepted Debited Credited Debited")]
    public void What_is_not_in_the_table_does_not_happen(string steps) =>
        Assert.Throws<InvariantBrokenException>(() => Walk(steps, hops: 1));

    [Fact]
    public void Three_ends_are_final() => Assert.Equal(
        [TransferStatus.Completed, TransferStatus.Rejected, TransferStatus.Stranded],
        Enum.GetValues<TransferStatus>().Where(TransferLifecycle.IsFinal));

    private static TransferStatus Walk(string steps, int hops)
    {
        (TransferStatus status, int hop) = (TransferStatus.None, 1);
        foreach (TransferStep step in steps.Split(' ').Select(Enum.Parse<TransferStep>))
        {
            hop += step == TransferStep.Forwarded ? 1 : 0;
            status = TransferLifecycle.Next(status, step, isFirstHop: hop == 1, isLastHop: hop == hops);
        }

        return status;
    }
}
