using Oms.Domain.Numbers;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What an account is long or short of in a market of futures, at average cost.</summary>
internal sealed class Position(Account account, Market market, PositionSide side)
{
    public Account Account { get; } = account;

    public Market Market { get; } = market;

    public PositionSide Side { get; } = side;

    /// <summary>Negative when short.</summary>
    public long Quantity { get; private set; }

    /// <summary>What it cost, signed as the quantity.</summary>
    public long Cost { get; private set; }

    public long UpdatedMs { get; private set; }

    /// <summary>What all trades realised, without commission.</summary>
    public long Realized { get; private set; }

    /// <summary>0 when there is no position.</summary>
    public long EntryPrice => Quantity == 0
        ? 0
        : (long)Rounding.DivideRoundingDown((Int128)Math.Abs(Cost) * Amount.One, Math.Abs(Quantity));

    public long ValueAt(long price) => (long)((Int128)Quantity * price / Amount.One);

    public long UnrealizedAt(long price) => Quantity == 0 ? 0 : ValueAt(price) - Cost;

    /// <summary>Books a signed change of quantity at a signed notional.</summary>
    /// <returns>What it realised.</returns>
    public long Trade(long quantity, long notional, long timeMs)
    {
        UpdatedMs = timeMs;
        long realized = 0;
        bool isClosing = Math.Sign(Quantity) * Math.Sign(quantity) < 0;
        if (isClosing)
        {
            long closed = Math.Min(Math.Abs(Quantity), Math.Abs(quantity));
            long cost = Share(Cost, closed, Math.Abs(Quantity));
            long proceeds = Share(notional, closed, Math.Abs(quantity));
            realized = -proceeds - cost;
            Cost -= cost;
            notional -= proceeds;
        }

        Quantity += quantity;
        Cost += notional;
        Realized += realized;
        return realized;
    }

    private static long Share(long amount, long part, long whole) =>
        part == whole ? amount : (long)Rounding.DivideRoundingDown((Int128)amount * part, whole);
}
