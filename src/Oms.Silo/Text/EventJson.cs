using System.Globalization;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Silo.Text;

/// <summary>
/// Events as JSON, the only place that writes it: snake case, decimals and ids as strings, times in UTC. A
/// field that has no value is left out.
/// </summary>
internal static class EventJson
{
    public static void Write(
        Utf8JsonWriter json, ReadOnlySpan<byte> message, AccountName account, EventNames names)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        json.WriteStartObject();
        json.WriteString("account"u8, account.ToString());
        switch (header.Kind)
        {
            case MessageKind.ExecutionReport:
                WriteReport(json, in MessageBytes.As<ExecutionReport>(message), names);
                break;
            case MessageKind.CancelRejected:
                WriteCancelRejected(json, in MessageBytes.As<CancelRejected>(message), names);
                break;
            case MessageKind.PositionChanged:
                WritePosition(json, in MessageBytes.As<PositionChanged>(message), names);
                break;
            case MessageKind.TransferReport:
                WriteTransfer(json, in MessageBytes.As<TransferReport>(message), names);
                break;
            default:
                throw new ArgumentException($"{header.Kind} has no JSON", nameof(message));
        }

        json.WriteNumber("sequence"u8, header.AccountSequence);
        json.WriteNumber("log_sequence"u8, header.LogSequence);
        json.WriteString("time"u8, TimeText.Of(header.UnixNanos));
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteReport(Utf8JsonWriter json, in ExecutionReport report, EventNames names)
    {
        if (report.ExecutionType == ExecutionType.Trade)
        {
            WriteTrade(json, in report, names);
        }
        else
        {
            WriteOrder(json, in report, names);
        }
    }

    private static void WriteTrade(Utf8JsonWriter json, in ExecutionReport report, EventNames names)
    {
        InstrumentDefined instrument = names.InstrumentOf(report.InstrumentId);
        // None: the exchange charged an asset that is not listed here, and its amount cannot be told.
        AssetDefined? feeAsset = report.FeeAssetId.IsNone ? null : names.AssetOf(report.FeeAssetId);
        WriteInstrument(json, in instrument);
        json.WriteString("side"u8, EnumText<Side>.Of(report.Terms.Side));
        WriteOrderIds(json, in report);
        json.WriteString("execution_id"u8, NumberText(report.ExecutionId));
        json.WriteString("trade_id"u8, NumberText(report.TradeId));
        json.WriteString("price"u8, DecimalText.Format(report.LastPrice, instrument.PriceDecimals));
        json.WriteString("quantity"u8, DecimalText.Format(report.LastQuantity, instrument.QuantityDecimals));
        json.WriteString("fee"u8, DecimalText.FormatShort(report.Fee, feeAsset?.Decimals ?? 0));
        json.WriteString("fee_asset"u8, feeAsset?.Name.ToString() ?? "");
        json.WriteBoolean("is_maker"u8, report.IsMaker != 0);
        json.WriteString("order_status"u8, EnumText<OrderStatus>.Of(report.Status));
        json.WriteString(
            "filled_quantity"u8, DecimalText.Format(report.CumulativeQuantity, instrument.QuantityDecimals));
        json.WriteString("exchange_time"u8, TimeText.Of(report.ExchangeUnixNanos));
    }

    private static void WriteOrder(Utf8JsonWriter json, in ExecutionReport report, EventNames names)
    {
        if (names.InstrumentOf(in report) is { } instrument)
        {
            AssetDefined quoteAsset = names.AssetOf(instrument.QuoteAssetId);
            WriteInstrument(json, in instrument);
            WriteAmounts(json, in report, in instrument, quoteAsset.Decimals);
        }

        json.WriteString("side"u8, EnumText<Side>.Of(report.Terms.Side));
        json.WriteString("type"u8, EnumText<OrderType>.Of(report.Terms.Type));
        json.WriteString("time_in_force"u8, EnumText<TimeInForce>.Of(report.Terms.TimeInForce));
        json.WriteString("status"u8, EnumText<OrderStatus>.Of(report.Status));
        json.WriteString("execution_type"u8, EnumText<ExecutionType>.Of(report.ExecutionType));
        WriteOrderIds(json, in report);
        if (report.ExchangeOrderId != 0)
        {
            json.WriteString("exchange_order_id"u8, NumberText(report.ExchangeOrderId));
        }

        WriteRejection(json, report.RejectReason, report.ExchangeErrorCode);
        if (report.ExchangeUnixNanos != 0)
        {
            json.WriteString("exchange_time"u8, TimeText.Of(report.ExchangeUnixNanos));
        }
    }

    private static void WriteAmounts(
        Utf8JsonWriter json, in ExecutionReport report, in InstrumentDefined instrument, int quoteDecimals)
    {
        json.WriteString("quantity"u8, DecimalText.Format(report.Terms.Quantity, instrument.QuantityDecimals));
        json.WriteString(
            "filled_quantity"u8, DecimalText.Format(report.CumulativeQuantity, instrument.QuantityDecimals));
        json.WriteString(
            "filled_notional"u8, DecimalText.FormatShort(report.CumulativeNotional, quoteDecimals));
        if (report.Terms.Type == OrderType.Limit)
        {
            json.WriteString("price"u8, DecimalText.Format(report.Terms.Price, instrument.PriceDecimals));
        }
    }

    private static void WriteCancelRejected(Utf8JsonWriter json, in CancelRejected rejected, EventNames names)
    {
        if (names.InstrumentOf(in rejected) is { } instrument)
        {
            WriteInstrument(json, in instrument);
        }

        json.WriteString("execution_type"u8, "cancel_rejected"u8);
        if (rejected.Status != 0)
        {
            json.WriteString("status"u8, EnumText<OrderStatus>.Of(rejected.Status));
        }

        if (!rejected.OrderId.IsNone)
        {
            json.WriteString("order_id"u8, rejected.OrderId.ToString());
        }

        json.WriteString("client_order_id"u8, rejected.ClientOrderId.ToString());
        WriteRejection(json, rejected.Reason, rejected.ExchangeErrorCode);
    }

    private static void WritePosition(Utf8JsonWriter json, in PositionChanged position, EventNames names)
    {
        InstrumentDefined instrument = names.InstrumentOf(position.InstrumentId);
        AssetDefined baseAsset = names.AssetOf(instrument.BaseAssetId);
        AssetDefined quoteAsset = names.AssetOf(instrument.QuoteAssetId);
        WriteInstrument(json, in instrument);
        json.WriteString("quantity"u8, DecimalText.FormatShort(position.Quantity, baseAsset.Decimals));
        json.WriteString(
            "open_notional"u8, DecimalText.FormatShort(position.OpenNotional, quoteAsset.Decimals));
        json.WriteString(
            "realized_pnl"u8, DecimalText.FormatShort(position.RealizedPnl, quoteAsset.Decimals));
        json.WriteString("quote_fees"u8, DecimalText.FormatShort(position.QuoteFees, quoteAsset.Decimals));
        json.WriteString("base_fees"u8, DecimalText.FormatShort(position.BaseFees, baseAsset.Decimals));
    }

    private static void WriteTransfer(Utf8JsonWriter json, in TransferReport report, EventNames names)
    {
        json.WriteString("to"u8, names.ReceiverOf(in report)?.ToString() ?? "");
        json.WriteString("from_wallet"u8, EnumText<Market>.Of(report.FromWallet));
        json.WriteString("to_wallet"u8, EnumText<Market>.Of(report.ToWallet));
        AssetDefined? asset = names.AssetOf(in report);
        json.WriteString("asset"u8, asset?.Name.ToString() ?? "");
        json.WriteString("amount"u8, DecimalText.FormatShort(report.Amount, asset?.Decimals ?? 0));
        json.WriteString("step"u8, EnumText<TransferStep>.Of(report.Step));
        json.WriteString("status"u8, EnumText<TransferStatus>.Of(report.Status));
        json.WriteNumber("hop"u8, report.Hop);
        if (!report.TransferId.IsNone)
        {
            json.WriteString("transfer_id"u8, report.TransferId.ToString());
        }

        json.WriteString("client_transfer_id"u8, report.ClientTransferId.ToString());
        if (report.ExchangeTransferId != 0)
        {
            json.WriteString("exchange_transfer_id"u8, NumberText(report.ExchangeTransferId));
        }

        WriteRejection(json, report.Reason, report.ExchangeErrorCode);
    }

    private static void WriteInstrument(Utf8JsonWriter json, in InstrumentDefined instrument)
    {
        json.WriteString("market"u8, EnumText<Market>.Of(instrument.Market));
        json.WriteString("symbol"u8, instrument.Symbol.ToString());
    }

    private static void WriteOrderIds(Utf8JsonWriter json, in ExecutionReport report)
    {
        if (!report.OrderId.IsNone)
        {
            json.WriteString("order_id"u8, report.OrderId.ToString());
        }

        json.WriteString("client_order_id"u8, report.ClientOrderId.ToString());
    }

    private static void WriteRejection(Utf8JsonWriter json, RejectReason reason, int exchangeErrorCode)
    {
        if (reason != RejectReason.None)
        {
            json.WriteString("reject_reason"u8, EnumText<RejectReason>.Of(reason));
        }

        if (exchangeErrorCode != 0)
        {
            json.WriteNumber("exchange_error_code"u8, exchangeErrorCode);
        }
    }
    /// <summary>Ids are text: many a JSON reader loses the end of a long number.</summary>
    private static string NumberText(long id) => id.ToString(CultureInfo.InvariantCulture);
}
