using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
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
            },
            new()
            {
                FirstSequence = events.FirstSequence,
                LastSequence = events.LastSequence,
                Positions = positions.DrainToImmutable(),
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
        };
    }

    /// <summary>
    /// A mantissa as a decimal of as many decimals: exact, for a long has at most 19 digits.
    /// </summary>
    private static decimal Amount(long mantissa, in AssetDefined asset)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(mantissa);
        return new(
            unchecked((int)(uint)(magnitude & uint.MaxValue)),
            unchecked((int)(uint)(magnitude >> 32)),
            0,
            mantissa < 0,
            (byte)asset.Decimals);
    }
}
