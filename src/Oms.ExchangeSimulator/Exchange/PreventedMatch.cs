namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// A trade that did not come about because both orders were one account's. The journal keeps it as it is.
/// </summary>
/// <param name="MatchId">Counts within the symbol.</param>
/// <param name="TakerQuantity">What the taker lost by it; 0 where it went on.</param>
/// <param name="MakerQuantity">What the maker lost by it; 0 where it went on.</param>
internal sealed record PreventedMatch(
    long MatchId,
    string Symbol,
    string Account,
    long TakerOrderId,
    long MakerOrderId,
    SelfTradePrevention Mode,
    long Price,
    long TakerQuantity,
    long MakerQuantity,
    long TimeMs)
{
    /// <summary>What an order lost by it.</summary>
    public long QuantityOf(ClientOrder order) => order.OrderId == TakerOrderId ? TakerQuantity : MakerQuantity;

    /// <summary>The id of the other order.</summary>
    public long CounterpartOf(ClientOrder order) => order.OrderId == TakerOrderId ? MakerOrderId : TakerOrderId;
}
