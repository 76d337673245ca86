using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
using Oms.Grains.Risk;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>
/// Events of an account as its grains take them: names for numbers, decimals for mantissas.
/// </summary>
internal sealed record GrainBatch(AccountName AccountName, AccountBatch Account, PositionBatch Positions)
{
    public static GrainBatch Of(AccountEvents events, EventNames names)
    {
        var balances = ImmutableArray.CreateBuilder<BalanceUpdate>();
        var gates = ImmutableArray.CreateBuilder<GateUpdate>();
        var positions = ImmutableArray.CreateBuilder<PositionUpdate>();
        var fills = ImmutableArray.CreateBuilder<FillUpdate>();
        var halts = ImmutableArray.CreateBuilder<HaltUpdate>();
        foreach (byte[] message in events.Messages)
        {
            switch (MessageBytes.Header(message).Kind)
            {
                case MessageKind.BalanceChanged:
                    balances.Add(UpdateOf(in MessageBytes.As<BalanceChanged>(message), names));
                    break;
                case MessageKind.AccountGateChanged:
                    gates.Add(UpdateOf(in MessageBytes.As<AccountGateChanged>(message)));
                    break;
                case MessageKind.PositionChanged:
                    positions.Add(UpdateOf(in MessageBytes.As<PositionChanged>(message), names));
                    break;
                case MessageKind.ExecutionReport when EventSubjects.IsTrade(message):
                    fills.Add(UpdateOf(in MessageBytes.As<ExecutionReport>(message), names));
                    break;
                case MessageKind.HaltChanged:
                    halts.Add(PolicyUpdates.Of(
                        in MessageBytes.As<HaltChanged>(message),
                        MessageBytes.Header(message).AccountSequence,
                        names));
                    break;
                default:
                    break;
            }
        }

        return new(
            events.Account,
            new()
            {
                FirstSequence = events.FirstSequence,
                LastSequence = events.LastSequence,
                Balances = balances.DrainToImmutable(),
                Gates = gates.DrainToImmutable(),
                Halts = halts.DrainToImmutable(),
            },
            new()
            {
                FirstSequence = events.FirstSequence,
                LastSequence = events.LastSequence,
                Positions = positions.DrainToImmutable(),
                Fills = fills.DrainToImmutable(),
            });
    }

    private static BalanceUpdate UpdateOf(in BalanceChanged balance, EventNames names)
    {
        AssetDefined asset = names.AssetOf(balance.AssetId);
        return new()
        {
            Sequence = balance.Header.AccountSequence,
            UnixNanos = balance.Header.UnixNanos,
            Wallet = balance.Wallet,
            Asset = asset.Name.ToString(),
            Free = Amount(balance.Free, asset),
            Reserved = Amount(balance.ReservedAmount, asset),
            InTransit = Amount(balance.InTransit, asset),
        };
    }

    private static GateUpdate UpdateOf(in AccountGateChanged gate) => new()
    {
        Sequence = gate.Header.AccountSequence,
        UnixNanos = gate.Header.UnixNanos,
        Gate = gate.Gate,
        Reason = gate.Reason,
    };

    private static PositionUpdate UpdateOf(in PositionChanged position, EventNames names)
    {
        InstrumentDefined instrument = names.InstrumentOf(position.InstrumentId);
        AssetDefined baseAsset = names.AssetOf(instrument.BaseAssetId);
        AssetDefined quoteAsset = names.AssetOf(instrument.QuoteAssetId);
        return new()
        {
            Sequence = position.Header.AccountSequence,
            UnixNanos = position.Header.UnixNanos,
            Market = instrument.Market,
            Symbol = instrument.Symbol.ToString(),
            Quantity = Amount(position.Quantity, baseAsset),
            OpenNotional = Amount(position.OpenNotional, quoteAsset),
            RealizedPnl = Amount(position.RealizedPnl, quoteAsset),
            QuoteFees = Amount(position.QuoteFees, quoteAsset),
            BaseFees = Amount(position.BaseFees, baseAsset),
            Funding = Amount(position.Funding, quoteAsset),
            PositionSide = position.PositionSide,
        };
    }

    private static FillUpdate UpdateOf(in ExecutionReport report, EventNames names)
    {
        InstrumentDefined instrument = names.InstrumentOf(report.InstrumentId);
        AssetDefined? feeAsset = report.FeeAssetId.IsNone ? null : names.AssetOf(report.FeeAssetId);
        decimal quantity = Mantissa.ToDecimal(report.LastQuantity, instrument.QuantityDecimals);
        return new()
        {
            Sequence = report.Header.AccountSequence,
            UnixNanos = report.Header.UnixNanos,
            Market = instrument.Market,
            Symbol = instrument.Symbol.ToString(),
            PositionSide = report.Terms.PositionSide,
            Quantity = report.Terms.Side == Side.Buy ? quantity : -quantity,
            Price = Mantissa.ToDecimal(report.LastPrice, instrument.PriceDecimals),
            Fee = Mantissa.ToDecimal(report.Fee, feeAsset?.Decimals ?? 0),
            FeeAsset = feeAsset?.Name.ToString() ?? "",
        };
    }

    private static decimal Amount(long mantissa, in AssetDefined asset) =>
        Mantissa.ToDecimal(mantissa, asset.Decimals);
}
