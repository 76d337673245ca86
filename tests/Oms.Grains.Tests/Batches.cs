using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
using Oms.Grains.Risk;

namespace Oms.Grains.Tests;

internal static class Batches
{
    /// <summary>Balances of USDT, one per sequence and as large as it.</summary>
    public static AccountBatch Account(long first, long last, decimal scale = 1) => new()
    {
        FirstSequence = first,
        LastSequence = last,
        Balances = [.. Sequences(first, last).Select(sequence => Balance(sequence, sequence * scale))],
        Gates = [],
    };

    public static AccountBatch Gate(long sequence, AccountGate gate, GateReason reason) => new()
    {
        FirstSequence = sequence,
        LastSequence = sequence,
        Balances = [],
        Gates = [new() { Sequence = sequence, UnixNanos = sequence, Gate = gate, Reason = reason }],
    };

    public static BalanceUpdate Balance(long sequence, decimal free, string asset = "USDT") => new()
    {
        Sequence = sequence,
        UnixNanos = sequence * 1000,
        Wallet = Market.Spot,
        Asset = asset,
        Free = free,
        Reserved = 0.00000001m,
        InTransit = 0,
    };

    public static PositionBatch Position(long first, long last, decimal scale = 1) => new()
    {
        FirstSequence = first,
        LastSequence = last,
        Positions = [.. Sequences(first, last).Select(sequence => Held(sequence, sequence * scale))],
    };

    public static PositionUpdate Held(long sequence, decimal quantity, string symbol = "BTC/USDT") => new()
    {
        Sequence = sequence,
        UnixNanos = sequence * 1000,
        Market = Market.Spot,
        Symbol = symbol,
        Quantity = quantity,
        OpenNotional = quantity * 100,
        RealizedPnl = -0.5m,
        QuoteFees = 0.1m,
        BaseFees = 0.00001m,
    };

    /// <param name="quantity">Negative when sold.</param>
    public static FillUpdate Fill(
        long sequence, decimal quantity, decimal price, decimal fee = 0, string feeAsset = "USDT") => new()
    {
        Sequence = sequence,
        UnixNanos = sequence * 1000,
        Market = Market.Spot,
        Symbol = "BTC/USDT",
        PositionSide = PositionSide.Both,
        Quantity = quantity,
        Price = price,
        Fee = fee,
        FeeAsset = feeAsset,
    };

    public static HaltUpdate Halt(long sequence, HaltScope scope, string name, HaltState state, string by = "eve") =>
        new()
        {
            Sequence = sequence,
            UnixNanos = sequence * 1_000_000_000,
            Scope = scope,
            Name = name,
            State = state,
            Reason = HaltReason.Command,
            By = by,
        };

    private static IEnumerable<long> Sequences(long first, long last)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            yield return sequence;
        }
    }
}
