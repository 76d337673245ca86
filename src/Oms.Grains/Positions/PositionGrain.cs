using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Grains.Markets;

namespace Oms.Grains.Positions;

/// <summary>Follows the positions of one account.</summary>
internal sealed class PositionGrain : Grain, IPositionGrain
{
    private readonly SequencedStore<PositionState> _store;
    private readonly IMarketPrices _prices;

    public PositionGrain(
        [PersistentState("positions")] IPersistentState<PositionState> state, IMarketPrices prices)
    {
        _store = new(state, DeactivateOnIdle);
        _prices = prices;
    }

    public Task<BatchReceipt> Apply(PositionBatch batch) =>
        _store.Apply(batch.FirstSequence, batch.LastSequence, state => state.After(batch));

    public Task<long> GetLastSequence() => Task.FromResult(_store.State.LastSequence);

    public Task<PositionsView> GetView() => Task.FromResult(new PositionsView
    {
        Account = this.GetPrimaryKeyString(),
        StateVersion = _store.State.Version,
        LastSequence = _store.State.LastSequence,
        Positions = [.. _store.State.Positions.Select(Marked)],
        Days = _store.State.Days.IsDefault ? [] : _store.State.Days,
    });

    /// <summary>The position with what closing it now would add.</summary>
    private PositionView Marked(PositionView position)
    {
        if (position.Quantity == 0)
        {
            return position with { UnrealizedPnl = 0 };
        }

        string exchange = AccountName.TryParse(this.GetPrimaryKeyString(), out AccountName account)
            ? account.Exchange
            : "";
        if (_prices.Find(exchange, position.Market, position.Symbol) is not { } quote)
        {
            return position;
        }

        (string side, decimal price) = position.Quantity > 0 ? ("bid", quote.Bid) : ("ask", quote.Ask);
        string market = position.Market == Market.Spot ? "spot" : "futures";
        return position with
        {
            UnrealizedPnl = (price * position.Quantity) - position.OpenNotional,
            MarkedAt = new()
            {
                Name = $"{exchange} {market} {position.Symbol} {side}",
                Price = price,
                UnixNanos = quote.UnixNanos,
            },
        };
    }
}
