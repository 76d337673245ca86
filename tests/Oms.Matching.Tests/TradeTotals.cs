using Oms.Bench.Workloads;

namespace Oms.Matching.Tests;

/// <summary>Adds trades up as the published table does.</summary>
internal struct TradeTotals() : IFillSink
{
    private Checksum _checksum = new();

    public int Count { get; private set; }

    public long Quantity { get; private set; }

    public long Notional { get; private set; }

    public readonly string Checksum => _checksum.ToString();

    public void OnFill(in Fill fill)
    {
        Count++;
        Quantity += fill.Quantity;
        Notional += fill.Price * fill.Quantity;
        _checksum.Fold(fill.MakerOrderId);
        _checksum.Fold(fill.TakerOrderId);
        _checksum.Fold(fill.Price);
        _checksum.Fold(fill.Quantity);
    }

    public readonly void OnSelfTradePrevented(in PreventedTrade prevented) =>
        Assert.Fail("nobody asked for it");

    public readonly void OnReplenished(in Replenishment replenishment) =>
        Assert.Fail("there is no iceberg");
}
