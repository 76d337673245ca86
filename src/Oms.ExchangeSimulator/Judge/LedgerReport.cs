using System.Globalization;
using System.Text.Json;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// The exchange's whole truth in one object: what an honest client's books must agree with.
/// </summary>
internal static class LedgerReport
{
    public static void Write(
        Utf8JsonWriter json, ExchangeState state, FuturesState? futures, RequestCounters counters, Faults faults)
    {
        json.WriteStartObject();
        json.WriteStartArray("accounts");
        foreach (Account account in state.Accounts)
        {
            WriteAccount(json, account, null);
        }

        json.WriteEndArray();
        json.WriteStartArray("futures_accounts");
        foreach (FuturesAccount account in futures?.Accounts ?? [])
        {
            WriteAccount(json, account.Account, account);
        }

        json.WriteEndArray();
        json.WriteStartArray("transfers");
        foreach (Transfer transfer in state.Transfers.Transfers)
        {
            WriteTransfer(json, transfer);
        }

        json.WriteEndArray();
        json.WriteStartObject("requests");
        foreach ((string call, long count) in counters.Received)
        {
            json.WriteNumber(call, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("socket_requests");
        foreach ((string method, long count) in counters.BySocket)
        {
            json.WriteNumber(method, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("rejected_requests");
        foreach ((int code, long count) in counters.Refused)
        {
            json.WriteNumber(code.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteStartObject("faults");
        foreach ((string kind, long count) in faults.Struck)
        {
            json.WriteNumber(kind, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, Account account, FuturesAccount? futures)
    {
        json.WriteStartObject();
        json.WriteString("name", account.Name);
        json.WriteStartArray("balances");
        foreach (Balance balance in account.Balances)
        {
            json.WriteStartObject();
            json.WriteString("asset", balance.Asset);
            json.WriteString("opening", Amount.Format(balance.Opening));
            json.WriteString("free", Amount.Format(balance.Free));
            json.WriteString("locked", Amount.Format(balance.Locked));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("orders");
        foreach (ClientOrder order in account.Orders)
        {
            WriteOrder(json, order);
        }

        json.WriteEndArray();
        json.WriteStartArray("trades");
        foreach (ClientTrade trade in account.Trades)
        {
            WriteTrade(json, trade);
        }

        json.WriteEndArray();
        if (futures is not null)
        {
            WritePositions(json, futures);
        }

        json.WriteEndObject();
    }

    private static void WritePositions(Utf8JsonWriter json, FuturesAccount account)
    {
        json.WriteStartArray("positions");
        foreach (Position position in account.Positions.Where(position => position.UpdatedMs > 0))
        {
            json.WriteStartObject();
            json.WriteString("symbol", position.Market.Symbol.Name);
            json.WriteString("positionSide", Binance.Futures.FuturesWords.Of(position.Side));
            json.WriteString("positionAmt", Amount.Format(position.Quantity));
            json.WriteString("cost", Amount.Format(position.Cost));
            json.WriteString("realized", Amount.Format(position.Realized));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTransfer(Utf8JsonWriter json, Transfer transfer)
    {
        json.WriteStartObject();
        json.WriteNumber("tranId", transfer.TransferId);
        json.WriteString("clientTranId", transfer.ClientTransferId ?? "");
        json.WriteString("from", transfer.From.Name);
        json.WriteString("fromWallet", Words.Of(transfer.FromWallet));
        json.WriteString("to", transfer.To.Name);
        json.WriteString("toWallet", Words.Of(transfer.ToWallet));
        json.WriteString("asset", transfer.Asset);
        json.WriteString("amount", Amount.Format(transfer.Amount));
        json.WriteNumber("time", transfer.TimeMs);
        json.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteString("side", Words.Of(order.Side));
        json.WriteString("type", Words.Of(order.Type));
        json.WriteString("timeInForce", Words.Of(order.TimeInForce));
        json.WriteString("status", Words.Of(order.State));
        json.WriteString("price", Amount.Format(order.Price));
        json.WriteString("origQty", Amount.Format(order.Quantity));
        json.WriteString("executedQty", Amount.Format(order.ExecutedQuantity));
        json.WriteString("preventedQty", Amount.Format(order.PreventedQuantity));
        json.WriteString("cummulativeQuoteQty", Amount.Format(order.ExecutedQuote));
        json.WriteNumber("time", order.CreatedMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteEndObject();
    }

    private static void WriteTrade(Utf8JsonWriter json, ClientTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("symbol", trade.Order.Market.Symbol.Name);
        json.WriteNumber("tradeId", trade.TradeId);
        json.WriteNumber("orderId", trade.Order.OrderId);
        json.WriteString("side", Words.Of(trade.Order.Side));
        json.WriteString("price", Amount.Format(trade.Price));
        json.WriteString("qty", Amount.Format(trade.Quantity));
        json.WriteString("quoteQty", Amount.Format(trade.QuoteQuantity));
        json.WriteString("commission", Amount.Format(trade.Commission));
        json.WriteString("commissionAsset", trade.CommissionAsset);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteNumber("time", trade.TimeMs);
        json.WriteEndObject();
    }
}
