using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Orders;

/// <summary>A fill, as it was booked.</summary>
internal sealed record FillRecord
{
    public required AccountId AccountId { get; init; }

    public required OrderId OrderId { get; init; }

    public required ClientOrderId ClientOrderId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    public required Side Side { get; init; }

    public required long ExecutionId { get; init; }

    public required long TradeId { get; init; }

    public required long Price { get; init; }

    public required long Quantity { get; init; }

    public required long Fee { get; init; }

    public required AssetId FeeAssetId { get; init; }

    public required bool IsMaker { get; init; }

    public required long AccountSequence { get; init; }

    public required long UnixNanos { get; init; }

    /// <summary>0 where the exchange gave none.</summary>
    public required long ExchangeUnixNanos { get; init; }

    /// <summary>The fill that a report tells; null when it tells none.</summary>
    public static FillRecord? Of(in ExecutionReport report) =>
        report.ExecutionType != ExecutionType.Trade ? null : new()
        {
            AccountId = report.Header.AccountId,
            OrderId = report.OrderId,
            ClientOrderId = report.ClientOrderId,
            InstrumentId = report.InstrumentId,
            Side = report.Terms.Side,
            ExecutionId = report.ExecutionId,
            TradeId = report.TradeId,
            Price = report.LastPrice,
            Quantity = report.LastQuantity,
            Fee = report.Fee,
            FeeAssetId = report.FeeAssetId,
            IsMaker = report.IsMaker != 0,
            AccountSequence = report.Header.AccountSequence,
            UnixNanos = report.Header.UnixNanos,
            ExchangeUnixNanos = report.ExchangeUnixNanos,
        };
}
