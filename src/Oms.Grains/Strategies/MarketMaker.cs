using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Rings;

namespace Oms.Grains.Strategies;

/// <summary>
/// The example of a strategy: quotes on both sides of the middle of the market, and moves the quotes with it. It stops
/// quoting a side that would make its position larger than it may be.
/// </summary>
internal sealed class MarketMaker : StrategyBase
{
    public const string Kind = "market_maker";

    private const decimal BasisPoint = 0.0001m;

    private long _quotedMiddle;
    private long _middle;

    protected internal override void OnTop(in TopOfBook top)
    {
        _middle = (top.BidPrice + top.AskPrice) / 2;
        if (_quotedMiddle != 0 && Math.Abs(_middle - _quotedMiddle) > Share(Parameter("requote_basis_points")))
        {
            Desk.CancelAll();
        }

        Quote();
    }

    protected internal override void OnReport(in ExecutionReport report) => Quote();

    /// <summary>Two new quotes, once nothing of the old ones lives.</summary>
    private void Quote()
    {
        if (Desk.Live.Count > 0 || _middle == 0)
        {
            return;
        }

        long distance = Math.Max(1, Share(Parameter("half_spread_basis_points")));
        long quantity = Desk.QuantityOf(Parameter("quantity"));
        long positionMax = Desk.QuantityOf(Parameter("position_max"));
        bool isPlaced = false;
        if (Desk.Position + quantity <= positionMax)
        {
            isPlaced |= Place(Side.Buy, _middle - distance, quantity);
        }

        if (Desk.Position - quantity >= -positionMax)
        {
            isPlaced |= Place(Side.Sell, _middle + distance, quantity);
        }

        _quotedMiddle = isPlaced ? _middle : _quotedMiddle;
    }

    /// <summary>Post-only: a quote that would trade at once is no quote.</summary>
    private bool Place(Side side, long price, long quantity) =>
        Desk.PlaceLimit(side, price, quantity, OrderFlags.PostOnly) == OfferResult.Accepted;

    private long Share(decimal basisPoints) => (long)(_middle * BasisPoint * basisPoints);

    private decimal Parameter(string name) => Desk.Strategy.Parameters.TryGetValue(name, out decimal value)
        ? value
        : throw new InvalidOperationException($"strategies.{Desk.Strategy.Name}.parameters.{name} is missing");
}
