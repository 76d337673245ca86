using System.Globalization;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Execution;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Reconciliation;

/// <summary>
/// Orders that the exchange knows and the engine did not place: by hand, by another program, a liquidation,
/// or one of ours whose intent was lost with its machine. They are adopted: what they may do counts, and
/// their fills are booked. One that is known by its trades alone is asked for: until then it may fill more.
/// </summary>
internal sealed class ExternalOrders(
    EngineState state,
    OrderEntry entry,
    FillBooking fills,
    Reservations reservations,
    ConnectorRequests requests)
{
    /// <summary>Finds an order from elsewhere that was adopted before.</summary>
    public bool TryFind(AccountId account, InstrumentId instrument, long exchangeOrderId, out int slot) =>
        state.Orders.TryFindExternal(account, instrument, exchangeOrderId, out slot);

    /// <summary>Holds the order that evidence is about from now on; false when it is none to be held.</summary>
    public bool TryAdopt(in OrderSeen seen, out int slot)
    {
        slot = -1;
        bool isWorking = seen.Status is ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled;
        bool isAdopted = isWorking
            && Find(seen.Header.AccountId, seen.InstrumentId) is { } holding
            && IsReal(holding, seen.Terms)
            && TryAdd(holding, seen.ExchangeOrderId, Working(seen.Terms), OrderMarks.None, out slot);
        if (!isAdopted)
        {
            state.ReportsOfUnknownOrders++;
        }
        else
        {
            // What it filled before it was known; and that it ended, if it was told before this was.
            requests.Resolve(in state.Orders[slot], evidenceId: 0);
        }

        return isAdopted;
    }

    /// <inheritdoc cref="TryAdopt(in OrderSeen, out int)"/>
    public bool TryAdopt(in TradeSeen trade, out int slot)
    {
        slot = -1;
        var terms = new OrderTerms
        {
            Side = trade.Side,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            PositionSide = trade.PositionSide,
            Quantity = trade.Quantity,
        };
        // A trade of one of ours that is no longer held was booked when it was.
        bool isAdopted = trade.OrderId.IsNone
            && Find(trade.Header.AccountId, trade.InstrumentId) is { } holding
            && IsReal(holding, in terms)
            && IsBookable(in trade, in terms, holding)
            && TryAdd(holding, trade.ExchangeOrderId, in terms, OrderMarks.TermsUnknown, out slot);
        if (isAdopted)
        {
            requests.Resolve(in state.Orders[slot], evidenceId: 0);
        }
        else
        {
            state.ReportsOfUnknownOrders++;
        }

        return isAdopted;
    }

    /// <summary>The exchange says in what terms an order stands that is not ours.</summary>
    /// <returns>Whether they are others than were known.</returns>
    public bool Restate(int slot, in OrderTerms stated)
    {
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        if (order.IsFinal || !IsReal(holding, in stated))
        {
            return false;
        }

        OrderTerms before = order.Terms;
        reservations.GiveBack(slot, holding);
        // On which side it is, its fills have shown.
        order.Terms = Working(in stated) with
        {
            Side = order.Terms.Side,
            PositionSide = order.Terms.PositionSide,
        };
        order.ReservePrice = stated.Price;
        order.Clear(OrderMarks.TermsUnknown | OrderMarks.Closing);
        order.Set(RiskLadder.IsClosing(in order.Terms) ? OrderMarks.Closing : OrderMarks.None);
        reservations.Adjust(slot, holding);
        return order.Terms != before;
    }

    private Holding? Find(AccountId accountId, InstrumentId instrumentId) =>
        state.FindAccount(accountId) is { } account
        && state.FindInstrument(instrumentId) is { IsMatchedHere: false } instrument
        && account.Exchange == instrument.Exchange
            ? state.TryHold(account, instrument)
            : null;

    /// <summary>Whether these can be the terms of an order, and what it may do stays within 64 bits.</summary>
    private static bool IsReal(Holding holding, in OrderTerms terms) =>
        Amendment.IsReal(in terms, holding)
        && terms.Side is Side.Buy or Side.Sell
        && terms.PositionSide <= PositionSide.Short
        && Amounts.IsBelowMax(holding.OpenBuys)
        && Amounts.IsBelowMax(holding.OpenSells)
        && Amounts.IsBelowMax(holding.OpenReductions[terms.PositionSide]);

    private bool IsBookable(in TradeSeen trade, in OrderTerms terms, Holding holding)
    {
        var order = new OrderState { InstrumentId = holding.Instrument.Id, Terms = terms };
        return fills.IsBookable(in order, in trade, holding);
    }

    private bool TryAdd(
        Holding holding, long exchangeOrderId, in OrderTerms terms, OrderMarks marks, out int slot)
    {
        slot = -1;
        // The exchange numbers the orders of each instrument for themselves.
        string name = string.Create(
            CultureInfo.InvariantCulture, $"external-{holding.Instrument.Id.Value}-{exchangeOrderId}");
        bool hasRoom = ClientOrderId.TryParse(name, out ClientOrderId clientOrderId)
            && exchangeOrderId > 0
            && state.HasRoomFor(1)
            && !state.Orders.TryFind(holding.Account.Id, in clientOrderId, out _);
        if (hasRoom)
        {
            slot = entry.Add(
                holding, in clientOrderId, in terms, terms.Price, isReducing: false,
                marks | OrderMarks.Sent | OrderMarks.Acknowledged, OrderOrigin.External, exchangeOrderId);
        }

        return hasRoom;
    }

    /// <summary>As it works at the exchange: what it waits for there is the exchange's affair.</summary>
    private static OrderTerms Working(in OrderTerms terms) => terms with
    {
        Type = terms.IsAtMarket ? OrderType.Market : OrderType.Limit,
        TriggerSource = TriggerSource.None,
        ExpireUnixNanos = 0,
        TimeInForce = terms.TimeInForce == TimeInForce.GoodTillDate
            ? TimeInForce.GoodTillCancel
            : terms.TimeInForce,
    };
}
