using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.World;

namespace Oms.Simulation.Exchange;

/// <summary>The futures side of the exchange: wallets in USDT, positions of either mode, and funding.</summary>
internal sealed class FuturesWallets
{
    private readonly Dictionary<AccountId, long> _wallets = [];
    private readonly Dictionary<(AccountId, InstrumentId, PositionSide), AverageCost> _positions = [];
    private readonly List<FundingPayment> _payments = [];

    public long Total(AccountId account) => _wallets.GetValueOrDefault(account);

    public void Move(AccountId account, long amount) => _wallets[account] = Total(account) + amount;

    public AverageCost Position(AccountId account, InstrumentId instrument, PositionSide side)
    {
        if (!_positions.TryGetValue((account, instrument, side), out AverageCost? position))
        {
            position = new();
            _positions.Add((account, instrument, side), position);
        }

        return position;
    }

    /// <summary>The open positions of an account in an instrument, in the order of their sides.</summary>
    public IEnumerable<(PositionSide Side, AverageCost Position)> Open(AccountId account, InstrumentId instrument) =>
        from side in new[] { PositionSide.Both, PositionSide.Long, PositionSide.Short }
        let position = _positions.GetValueOrDefault((account, instrument, side))
        where position is { Quantity: not 0 }
        select (side, position);

    public IEnumerable<FundingPayment> PaymentsOf(AccountId account) =>
        _payments.Where(payment => payment.Account == account);

    /// <summary>Whether an order may only make a position smaller.</summary>
    public static bool IsClosing(in OrderTerms terms) => terms.PositionSide == PositionSide.Both
        ? terms.IsReduceOnly
        : terms.IsBuy == (terms.PositionSide == PositionSide.Short);

    /// <summary>What an order that may only close can still trade, at the instrument's quantity decimals.</summary>
    public long Closable(AccountId account, InstrumentId instrument, in OrderTerms terms)
    {
        long held = Position(account, instrument, terms.PositionSide).Quantity;
        bool isAgainst = terms.IsBuy ? held < 0 : held > 0;
        return isAgainst ? Math.Abs(held) / Venue.BaseAmount(instrument, 1) : 0;
    }

    /// <summary>What an account could still put up as margin, with what is open valued at a price.</summary>
    public long Free(AccountId account, InstrumentId instrument, long price, IEnumerable<ExchangeOrder> open)
    {
        long free = Total(account);
        foreach ((_, AverageCost position) in Open(account, instrument))
        {
            long worth = Venue.Notional(instrument, price, position.Quantity / Venue.BaseAmount(instrument, 1));
            free += Math.Min(0, worth - position.Cost) - (Math.Abs(position.Cost) / Venue.Leverage);
        }

        return free - open
            .Where(order => order.Account == account && order.Instrument == instrument && !IsClosing(order.Terms))
            .Sum(order => Venue.Notional(instrument, order.Terms.Price, order.Leaves) / Venue.Leverage);
    }

    /// <summary>Longs pay shorts, or the other way round.</summary>
    /// <param name="ratePpm">Of what a position is worth, in 1/1,000,000.</param>
    /// <returns>What was paid, summed over the positions of an account; nothing where it holds none.</returns>
    public FundingPayment? Fund(AccountId account, InstrumentId instrument, long number, long mark, long ratePpm)
    {
        long amount = 0;
        foreach ((_, AverageCost position) in Open(account, instrument))
        {
            long worth = Venue.Notional(instrument, mark, position.Quantity / Venue.BaseAmount(instrument, 1));
            amount -= worth / 1_000_000 * ratePpm;
        }

        if (amount == 0)
        {
            return null;
        }

        Move(account, amount);
        var payment = new FundingPayment(account, instrument, number, amount);
        _payments.Add(payment);
        return payment;
    }

    /// <summary>What the exchange answers who asks for positions: those that are open, and of what is not held so much.
    /// </summary>
    public IEnumerable<PositionSeen> Seen(AccountId account, InstrumentId instrument, long evidenceId)
    {
        (PositionSide Side, AverageCost Position)[] open = [.. Open(account, instrument)];
        foreach ((PositionSide side, AverageCost position) in open)
        {
            yield return Seen(account, instrument, side, position, evidenceId);
        }

        if (open.Length == 0)
        {
            yield return Seen(account, instrument, PositionSide.Both, new(), evidenceId);
        }
    }

    private static PositionSeen Seen(
        AccountId account, InstrumentId instrument, PositionSide side, AverageCost position, long evidenceId) => new()
    {
        Header = MessageHeader.For<PositionSeen>(account),
        InstrumentId = instrument,
        PositionSide = side,
        Leverage = Venue.Leverage,
        Quantity = position.Quantity,
        EntryNotional = position.Cost,
        EvidenceId = evidenceId,
    };
}
