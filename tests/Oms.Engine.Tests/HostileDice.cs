using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Engine.Tests;

/// <summary>Numbers that a stream draws from, one after the other.</summary>
internal sealed class HostileDice(int[] dice, Desk desk)
{
    /// <summary>The largest amount that FastPath lets in.</summary>
    public const long AmountMax = 1_000_000_000_000_000_000;

    private static readonly long[] Numbers =
    [
        0, 1, 2, 10, 99, 100, 101, -1, -100, Desk.One, 1_000_000, AmountMax, AmountMax - 1, AmountMax + 1,
        AmountMax / 2, -AmountMax, long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1,
        int.MaxValue, int.MinValue,
    ];

    private int _next;

    /// <summary>The order that was drawn last.</summary>
    public OrderId Last { get; set; }

    public int Small(int count) => dice[_next++ % dice.Length] / ((_next / dice.Length) + 1) % count;

    public long Any() => Small(3) == 0 ? Small(1_000) : Numbers[Small(Numbers.Length)];

    public long Amount() => Math.Clamp(Any(), 0, AmountMax);

    public AccountId Account() => new((uint)(Small(4) == 0 ? Small(9) : 2 + Small(4)));

    public InstrumentId Instrument() => new((uint)(Small(4) == 0 ? Small(9) : 4 + Small(4)));

    public ClientOrderId Name() => Say.ClientId($"h{desk.Inputs.Count}-{_next}");

    /// <summary>Whose an order is and of what, or nearly so.</summary>
    public (AccountId Account, InstrumentId Instrument) OwnerOf(OrderId order)
    {
        bool isKnown = desk.Engine.State.Orders.TryFind(order, out int slot) && Small(8) != 0;
        return isKnown
            ? (desk.Engine.State.Orders[slot].AccountId, desk.Engine.State.Orders[slot].InstrumentId)
            : (Account(), Instrument());
    }

    /// <summary>One of those that there are, most often; now and then none.</summary>
    public OrderId Order() => Small(6) == 0
        ? OrderId.None
        : new((1L << OrderId.NumberBits) + Small((int)desk.Engine.State.OrderNumber + 3));

    public Text16 Exchange() => Text16.Of(Small(3) switch { 0 => "binance", 1 => "paper", _ => "atlantis" });

    /// <summary>An account with an instrument that it may trade, most often.</summary>
    public (AccountId Account, InstrumentId Instrument) Seat() => Small(12) switch
    {
        0 => (Account(), Instrument()),
        1 or 2 => (Desk.Bravo, Desk.Toy),
        3 or 4 => (Desk.Delta, Desk.Perp),
        5 or 6 => (Desk.Papa, Desk.Paper),
        7 => (Desk.Quebec, Desk.Paper),
        8 or 9 => (Desk.Papa, Desk.PaperPerp),
        _ => (Desk.Quebec, Desk.PaperPerp),
    };

    /// <summary>Terms that are right, of any size; in every third something is not.</summary>
    public OrderTerms Terms()
    {
        var terms = new OrderTerms
        {
            Side = Side.Buy + (byte)Small(2),
            Type = OrderType.Limit,
            TimeInForce = (TimeInForce)(Small(4) == 0 ? 3 + Small(2) : 1),
            Price = Small(2) == 0 ? 98 + Small(5) : 1 + Math.Clamp(Any(), 0, AmountMax - 1),
            Quantity = Small(2) == 0 ? 1 + Small(30) : 1 + Math.Clamp(Any(), 0, 9_999_999_999),
            SelfTradePrevention = (SelfTradePrevention)Small(5),
            Flags = (OrderFlags)(Small(6) == 0 ? 2 : 0),
        };
        terms = Small(5) switch
        {
            0 => terms with { Type = OrderType.Market, Price = 0 },
            1 => Stop(terms),
            _ => terms,
        };
        return Small(3) == 0 ? Spoiled(terms) : terms;
    }

    public OrderTerms Stop(OrderTerms terms) => terms with
    {
        Type = Small(2) == 0 ? OrderType.Stop : OrderType.TrailingStop,
        Price = 0,
        StopPrice = Small(2) == 0 ? 0 : terms.IsBuy ? 104 : 96,
        TrailingOffset = Small(2) == 0 ? 0 : Math.Abs(Any() / 2),
        TriggerSource = TriggerSource.LastPrice + (byte)Small(3),
    };

    private OrderTerms Spoiled(OrderTerms terms) => Small(12) switch
    {
        0 => terms with { Side = (Side)Small(256) },
        1 => terms with { Type = (OrderType)Small(256) },
        2 => terms with { TimeInForce = (TimeInForce)Small(256) },
        3 => terms with { Flags = (OrderFlags)Small(256) },
        4 => terms with { PositionSide = (PositionSide)Small(6) },
        5 => terms with { TriggerSource = (TriggerSource)Small(256) },
        6 => terms with { SelfTradePrevention = (SelfTradePrevention)Small(256), Reserved = 1 },
        7 => terms with { Price = Any() },
        8 => terms with { Quantity = Any() },
        9 => terms with { StopPrice = Any(), TrailingOffset = Any() },
        10 => terms with { DisplayQuantity = Any() },
        _ => terms with { TimeInForce = TimeInForce.GoodTillDate, ExpireUnixNanos = Any() },
    };
}
