using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>An order of the naive market.</summary>
internal sealed record NaiveOrder(string Name, uint Account, uint Group, OrderTerms Terms)
{
    public bool IsBuy => Terms.IsBuy;

    public long Price { get; set; } = Terms.Price;

    public long Quantity { get; set; } = Terms.Quantity;

    public long Display { get; set; } = Terms.DisplayQuantity;

    /// <summary>What a buy is reserved at, and an order at the market takes at worst.</summary>
    public long ReservePrice { get; set; } = Terms.Price;

    public long Filled { get; private set; }

    public long Shown { get; private set; }

    public long Arrival { get; private set; }

    public OrderStatus Status { get; set; } = OrderStatus.PendingNew;

    public long Leaves => Quantity - Filled;

    public long Limit => !Terms.IsAtMarket ? Price : IsBuy ? ReservePrice : 0;

    public bool IsResting => !Terms.IsAtMarket
        && Terms.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate;

    /// <summary>Of accounts with one owner the newest ends where nothing else is asked.</summary>
    public SelfTradePrevention Prevention => Group != 0 && Terms.SelfTradePrevention == SelfTradePrevention.None
        ? SelfTradePrevention.CancelNewest
        : Terms.SelfTradePrevention;

    /// <summary>Whose it is, as far as the one that arrives is concerned.</summary>
    public (uint Account, uint Group) Owner(NaiveOrder taker) =>
        taker.Group != 0 ? (0, Group) : (Account, 0);

    public void Rest(long arrival)
    {
        Arrival = arrival;
        Shown = Display > 0 ? Math.Min(Display, Leaves) : Leaves;
    }

    public void Fill(long quantity, long price)
    {
        _ = price;
        Filled += quantity;
        Shown -= Math.Min(Shown, quantity);
        Status = OrderStatus.PartiallyFilled;
    }

    /// <summary>What is hidden goes first.</summary>
    public void Shrink(long quantity)
    {
        Quantity -= quantity;
        Shown = Math.Min(Shown, Leaves);
    }

    public void End(OrderStatus status) => Status = status;
}
