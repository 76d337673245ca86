namespace Oms.Matching.Tests;

/// <summary>A resting order of the naive book.</summary>
internal sealed class NaiveOrder(RestingOrder order)
{
    public long OrderId => order.OrderId;

    public long Price => order.Price;

    public OrderOwner Owner => order.Owner;

    public long ShownQuantity { get; private set; } = order.ShownQuantity;

    public long HiddenQuantity { get; private set; } = order.HiddenQuantity;

    public long Quantity => ShownQuantity + HiddenQuantity;

    public RestingOrder Read() =>
        order with { ShownQuantity = ShownQuantity, HiddenQuantity = HiddenQuantity };

    public void Trade(long quantity) => ShownQuantity -= quantity;

    public void Replenish()
    {
        ShownQuantity = Math.Min(order.PeakQuantity, HiddenQuantity);
        HiddenQuantity -= ShownQuantity;
    }

    /// <summary>What is hidden goes first.</summary>
    public void Reduce(long byQuantity)
    {
        long fromHidden = Math.Min(byQuantity, HiddenQuantity);
        HiddenQuantity -= fromHidden;
        ShownQuantity -= byQuantity - fromHidden;
    }
}
