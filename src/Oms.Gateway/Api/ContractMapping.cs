using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.Gateway.Orders;
using Oms.Gateway.Transfers;

namespace Oms.Gateway.Api;

/// <summary>
/// What the gateway knows, in the words of the contract. Enumerations share their numbers with the domain's.
/// </summary>
internal sealed class ContractMapping(ListingNames names)
{
    public V1.Order Of(OrderRecord order)
    {
        KnownInstrument? instrument = names.FindInstrument(order.InstrumentId);
        int quantityDecimals = instrument?.QuantityDecimals ?? 0;
        int priceDecimals = instrument?.PriceDecimals ?? 0;
        OrderTerms terms = order.Terms;
        return new()
        {
            Account = names.FindAccount(order.AccountId)?.Name ?? "",
            Market = (V1.Market)(instrument?.Market ?? 0),
            Symbol = instrument?.Symbol ?? "",
            Side = (V1.Side)terms.Side,
            Type = (V1.OrderType)terms.Type,
            TimeInForce = (V1.TimeInForce)terms.TimeInForce,
            Status = (V1.OrderStatus)order.Status,
            ClientOrderId = order.ClientOrderId.ToString(),
            OrderId = order.OrderId.IsNone ? "" : order.OrderId.ToString(),
            ExchangeOrderId = TextOfId(order.ExchangeOrderId),
            Quantity = DecimalText.FormatShort(terms.Quantity, quantityDecimals),
            FilledQuantity = DecimalText.FormatShort(order.CumulativeQuantity, quantityDecimals),
            Price = TextIfAny(terms.Price, priceDecimals),
            AveragePrice = AveragePriceOf(order, instrument),
            RejectReason = ReasonText.Of(order.RejectReason),
            Stages = order.Stages is { } stages ? Of(stages, order.BackNanos) : null,
            CreatedTime = TimeOf(order.CreatedUnixNanos),
            UpdatedTime = TimeOf(order.UpdatedUnixNanos),
            StopPrice = TextIfAny(terms.StopPrice, priceDecimals),
            TrailingOffset = TextIfAny(terms.TrailingOffset, priceDecimals),
            DisplayQuantity = TextIfAny(terms.DisplayQuantity, quantityDecimals),
            ExpireTime = terms.ExpireUnixNanos == 0 ? null : TimeOf(terms.ExpireUnixNanos),
            PostOnly = terms.IsPostOnly,
            ReduceOnly = terms.IsReduceOnly,
            PositionSide = Of(terms.PositionSide),
            TriggerSource = (V1.TriggerSource)terms.TriggerSource,
            SelfTradePrevention = (V1.SelfTradePrevention)terms.SelfTradePrevention,
        };
    }

    public V1.Transfer Of(TransferRecord transfer)
    {
        TransferReport report = transfer.Report;
        KnownAsset? asset = names.FindAsset(report.AssetId);
        return new()
        {
            ClientTransferId = report.ClientTransferId.ToString(),
            TransferId = report.TransferId.IsNone ? "" : report.TransferId.ToString(),
            FromAccount = names.FindAccount(report.Header.AccountId)?.Name ?? "",
            FromWallet = (V1.Market)report.FromWallet,
            ToAccount = names.FindAccount(report.ToAccountId)?.Name ?? "",
            ToWallet = (V1.Market)report.ToWallet,
            Asset = asset?.Name ?? "",
            Amount = DecimalText.FormatShort(report.Amount, asset?.Decimals ?? 0),
            Status = (V1.TransferStatus)report.Status,
            RejectReason = ReasonText.Of(report.Reason),
            Hop = report.Hop,
            ExchangeTransferId = report.ExchangeTransferId == 0 ? "" : $"{report.ExchangeTransferId}",
            CreatedTime = TimeOf(transfer.CreatedUnixNanos),
            UpdatedTime = TimeOf(report.Header.UnixNanos),
        };
    }

    public V1.Fill Of(FillRecord fill)
    {
        KnownInstrument? instrument = names.FindInstrument(fill.InstrumentId);
        KnownAsset? feeAsset = names.FindAsset(fill.FeeAssetId);
        return new()
        {
            Account = names.FindAccount(fill.AccountId)?.Name ?? "",
            Market = (V1.Market)(instrument?.Market ?? 0),
            Symbol = instrument?.Symbol ?? "",
            Side = (V1.Side)fill.Side,
            OrderId = fill.OrderId.ToString(),
            ClientOrderId = fill.ClientOrderId.ToString(),
            ExecutionId = TextOfId(fill.ExecutionId),
            TradeId = TextOfId(fill.TradeId),
            Price = DecimalText.FormatShort(fill.Price, instrument?.PriceDecimals ?? 0),
            Quantity = DecimalText.FormatShort(fill.Quantity, instrument?.QuantityDecimals ?? 0),
            Fee = DecimalText.FormatShort(fill.Fee, feeAsset?.Decimals ?? 0),
            FeeAsset = feeAsset?.Name ?? "",
            IsMaker = fill.IsMaker,
            Sequence = fill.AccountSequence,
            Time = TimeOf(fill.UnixNanos),
            ExchangeTime = fill.ExchangeUnixNanos == 0 ? null : TimeOf(fill.ExchangeUnixNanos),
        };
    }

    public V1.Execution Of(ExecutionUpdate update) => new()
    {
        Account = names.FindAccount(update.AccountId)?.Name ?? "",
        Sequence = update.AccountSequence,
        Time = TimeOf(update.UnixNanos),
        Type = update.Type is { } type ? (V1.ExecutionType)type : V1.ExecutionType.CancelRejected,
        Order = update.Order is null ? null : Of(update.Order),
        Fill = update.Fill is null ? null : Of(update.Fill),
        CancelRejectReason = ReasonText.Of(update.CancelRejectReason),
    };

    /// <summary>The contract counts from one: its first is "not said".</summary>
    public static V1.PositionSide Of(PositionSide side) => (V1.PositionSide)((int)side + 1);

    public static Timestamp TimeOf(long unixNanos) => new()
    {
        Seconds = unixNanos / UnixNanos.PerSecond,
        Nanos = (int)(unixNanos % UnixNanos.PerSecond),
    };

    private static string AveragePriceOf(OrderRecord order, KnownInstrument? instrument) =>
        order.CumulativeQuantity == 0 || instrument is null
            ? ""
            : DecimalText.FormatShort(
                DisplayMath.AveragePrice(
                    order.CumulativeNotional,
                    instrument.Quote.Decimals,
                    order.CumulativeQuantity,
                    instrument.QuantityDecimals,
                    instrument.PriceDecimals),
                instrument.PriceDecimals);

    private static V1.Stages Of(StageDurations stages, long backNanos) => new()
    {
        GatewayUs = MicrosecondsUp(stages.GatewayNanos),
        RingUs = MicrosecondsUp(stages.RingNanos),
        RiskUs = MicrosecondsUp(stages.RiskNanos),
        ConnectorUs = MicrosecondsUp(stages.ConnectorNanos),
        ExchangeUs = MicrosecondsUp(stages.ExchangeNanos),
        BackUs = MicrosecondsUp(backNanos),
    };

    private static long MicrosecondsUp(long nanos) => (nanos + 999) / 1000;

    private static string TextIfAny(long mantissa, int decimals) =>
        mantissa == 0 ? "" : DecimalText.FormatShort(mantissa, decimals);

    private static string TextOfId(long id) => id == 0 ? "" : id.ToString(CultureInfo.InvariantCulture);
}
