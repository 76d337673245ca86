using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Engine.Tests;

/// <summary>The commands of clients in a script; an order's name is its client order id.</summary>
internal sealed class ScriptOrders(Desk desk, ScriptCast cast)
{
    private readonly Dictionary<string, ExecutionReport> _orders = [];

    /// <summary>The first report of an order.</summary>
    public ExecutionReport this[string name] => _orders[cast.Account + name];

    public static Side SideOf(string word) => word switch
    {
        "buy" => Side.Buy,
        "sell" => Side.Sell,
        _ => throw new FormatException(word),
    };

    public bool TrySend(string verb, string[] words)
    {
        switch (verb)
        {
            case "buy" or "sell":
                Place(SideOf(verb), words);
                break;
            case "oco" or "oto" or "bracket":
                PlaceList(verb, string.Join(' ', words).Split(", "));
                break;
            case "replace":
                Replace(words);
                break;
            case "amend":
                Amend(words);
                break;
            case "cancel":
                desk.Send(Cancel(words[0]));
                break;
            case "cancel-all":
                CancelAll(words);
                break;
            case "halt" or "resume":
                Halt(isHalted: verb == "halt", words);
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Remembers orders of which something was said for the first time.</summary>
    public void Note(int outputBefore)
    {
        foreach (byte[] said in desk.Output.Skip(outputBefore))
        {
            if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
            {
                ExecutionReport report = MessageBytes.As<ExecutionReport>(said);
                if (report.ExecutionType != ExecutionType.Rejected || report.CorrelationId == 0)
                {
                    _ = _orders.TryAdd(report.Header.AccountId + report.ClientOrderId.ToString(), report);
                }
            }
        }
    }

    /// <summary><c>buy NAME TERMS</c></summary>
    private void Place(Side side, string[] words) => desk.Send(
        Say.Place(cast.Account, cast.Instrument, words[0], side, price: 100, quantity: 1) with
        {
            Terms = OrderWords.Terms(side, words[1..], desk.NowUnixNanos),
        });

    /// <summary><c>oco NAME buy TERMS, NAME buy TERMS</c>, and so on.</summary>
    private void PlaceList(string verb, string[] legs)
    {
        OrderLeg[] orders = [.. legs.Select(LegOf)];
        desk.Send(new PlaceOrderList
        {
            Header = MessageHeader.For<PlaceOrderList>(cast.Account),
            InstrumentId = cast.Instrument,
            Contingency = verb switch
            {
                "oco" => Contingency.OneCancelsOther,
                "oto" => Contingency.OneTriggersOther,
                _ => Contingency.Bracket,
            },
            LegCount = (byte)orders.Length,
            CorrelationId = 77,
            Stamps = default,
            First = orders[0],
            Second = orders[1],
            Third = orders.Length > 2 ? orders[2] : default,
        });
    }

    private OrderLeg LegOf(string leg)
    {
        string[] words = leg.Split(' ');
        return new OrderLeg
        {
            ClientOrderId = Say.ClientId(words[0]),
            Terms = OrderWords.Terms(SideOf(words[1]), words[2..], desk.NowUnixNanos),
        };
    }

    /// <summary><c>replace OLD NEW buy TERMS</c></summary>
    private void Replace(string[] words) => desk.Send(new ReplaceOrder
    {
        Header = MessageHeader.For<ReplaceOrder>(cast.Account),
        OriginalClientOrderId = Say.ClientId(words[0]),
        ClientOrderId = Say.ClientId(words[1]),
        OriginalOrderId = OrderId.None,
        InstrumentId = cast.Instrument,
        Terms = OrderWords.Terms(SideOf(words[2]), words[3..], desk.NowUnixNanos),
        CorrelationId = 79,
        Stamps = default,
    });

    /// <summary><c>amend NAME [quantity=Q] [price=P] [stop=P]</c></summary>
    private void Amend(string[] words)
    {
        long ValueOf(string name) => words.FirstOrDefault(word => word.StartsWith(name + '=')) is { } found
            ? long.Parse(found[(name.Length + 1)..])
            : 0;
        desk.Send(new AmendOrder
        {
            Header = MessageHeader.For<AmendOrder>(cast.Account),
            ClientOrderId = Say.ClientId(words[0]),
            OrderId = OrderId.None,
            Price = ValueOf("price"),
            Quantity = ValueOf("quantity"),
            StopPrice = ValueOf("stop"),
            CorrelationId = 80,
        });
    }

    private CancelOrder Cancel(string name) => _orders.TryGetValue(cast.Account + name, out ExecutionReport order)
        ? Say.Cancel(cast.Account, order.OrderId)
        : Say.Cancel(cast.Account, OrderId.None, name);

    /// <summary><c>cancel-all account|instrument|all</c> or <c>cancel-all exchange NAME</c></summary>
    private void CancelAll(string[] words) => desk.Send(new CancelOrders
    {
        Header = MessageHeader.For<CancelOrders>(cast.Account),
        Scope = Enum.Parse<CancelScope>(words[0], ignoreCase: true),
        InstrumentId = words[0] == "instrument" ? cast.Instrument : InstrumentId.None,
        Exchange = words.Length > 1 ? Text16.Of(words[1]) : default,
        CorrelationId = 81,
    });

    /// <summary><c>halt account|firm</c>, <c>halt exchange NAME</c> or <c>halt order NAME</c></summary>
    private void Halt(bool isHalted, string[] words) => desk.Send(new ChangeHalt
    {
        Header = MessageHeader.For<ChangeHalt>(cast.Account),
        Scope = Enum.Parse<Domain.Accounts.HaltScope>(words[0], ignoreCase: true),
        IsHalted = isHalted ? (byte)1 : (byte)0,
        OrderId = words[0] != "order" ? OrderId.None
            : _orders.TryGetValue(cast.Account + words[1], out ExecutionReport order) ? order.OrderId : new(1),
        Exchange = words[0] == "exchange" ? Text16.Of(words[1]) : default,
        CorrelationId = 82,
        By = Text32.Of("operator"),
    });
}
