namespace Oms.Domain.Tests;

public sealed class InvariantTests
{
    [Fact]
    public void A_broken_invariant_says_what_and_where()
    {
        int leaves = -1;
        InvariantBrokenException broken = Assert.Throws<InvariantBrokenException>(
            () => Invariant.Holds(leaves >= 0));
        Assert.Matches(@"^leaves >= 0 does not hold at InvariantTests\.cs:\d+$", broken.Message);
    }

    [Fact]
    public void Stating_what_holds_allocates_nothing()
    {
        long before = 0;
        for (int round = 0; round < 2_000; round++)
        {
            before = round == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Invariant.Holds(round >= 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
