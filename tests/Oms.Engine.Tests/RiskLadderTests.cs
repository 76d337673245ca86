using System.Reflection;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Every rule of the ladder in its order. A row differs from the first in one cell, unless a boundary needs
/// two; the last cell is the answer.
/// </summary>
public sealed class RiskLadderTests
{
    // Filters: tick 0.02, price 480 to 520, lot 0.002, quantity 0.01 to 900, notional 5. Limits: notional
    // 100000, collar 5 %, age 5000 ms, three open orders of an account, five orders held. Open: the account's
    // own + another's. Funds: plenty, or so much of only USDT (u) or BTC (b).
    private const string Ladder =
    """
    who    pair  state  side type tif price  size    bid    ask    age  open funds    | reason
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | None
    nobody btc   ready  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | AccountUnknown
    alpha  none  ready  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | InstrumentUnknown
    alpha  alien ready  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | InstrumentUnknown
    delta  btc   ready  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | MarketNotEnabled
    alpha  btc   late   buy  lim  gtc 500    10      500    500    0    0+0  plenty   | CommandTooOld
    alpha  btc   intime buy  lim  gtc 500    10      500    500    0    0+0  plenty   | None
    alpha  btc   down   buy  lim  gtc 500    10      500    500    0    0+0  plenty   | AccountNotReady
    alpha  btc   round  buy  lim  gtc 500    10      500    500    0    0+0  plenty   | AccountNotReady
    alpha  btc   closed buy  lim  gtc 500    10      500    500    0    0+0  plenty   | InstrumentNotTradable
    alpha  btc   silent buy  lim  gtc 500    10      500    500    0    0+0  plenty   | InstrumentNotTradable
    alpha  btc   ready  none lim  gtc 500    10      500    500    0    0+0  plenty   | TimeInForceNotAllowed
    alpha  btc   ready  buy  none gtc 500    10      500    500    0    0+0  plenty   | TimeInForceNotAllowed
    alpha  btc   ready  buy  lim  day 500    10      500    500    0    0+0  plenty   | TimeInForceNotAllowed
    alpha  btc   ready  buy  lim  fok 500    10      500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  ioc 500    10      500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 0      10      500    500    0    0+0  plenty   | PriceNotPositive
    alpha  btc   ready  buy  lim  gtc -500   10      500    500    0    0+0  plenty   | PriceNotPositive
    alpha  btc   ready  buy  lim  gtc 500.01 10      500    500    0    0+0  plenty   | PriceOffTick
    alpha  btc   ready  buy  lim  gtc 479.98 10      500    500    0    0+0  plenty   | PriceOutsideCollar
    alpha  btc   ready  buy  lim  gtc 480    10      500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 520    10      500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 520.02 10      500    500    0    0+0  plenty   | PriceOutsideCollar
    alpha  btc   ready  buy  lim  gtc 500    0       500    500    0    0+0  plenty   | QuantityNotPositive
    alpha  btc   ready  buy  lim  gtc 500    -10     500    500    0    0+0  plenty   | QuantityNotPositive
    alpha  btc   ready  buy  lim  gtc 500    10.001  500    500    0    0+0  plenty   | QuantityOffLot
    alpha  btc   ready  buy  lim  gtc 500    0.008   500    500    0    0+0  plenty   | QuantityBelowMin
    alpha  btc   ready  sell mkt  gtc 0      900.002 111.1  500    0    0+0  plenty   | QuantityAboveMax
    alpha  btc   ready  sell mkt  gtc 0      900     111.1  500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 499.98 0.01    500    500    0    0+0  plenty   | NotionalBelowMin
    alpha  btc   ready  buy  lim  gtc 500    0.01    500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 500    10      none   500    0    0+0  plenty   | ReferencePriceMissing
    alpha  btc   ready  buy  lim  gtc 500    10      0      500    0    0+0  plenty   | ReferencePriceMissing
    alpha  btc   ready  buy  lim  gtc 500    10      500    0      0    0+0  plenty   | ReferencePriceMissing
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    5001 0+0  plenty   | ReferencePriceStale
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    5000 0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 500    10      470    476.19 0    0+0  plenty   | PriceOutsideCollar
    alpha  btc   ready  buy  lim  gtc 500    10      470    476.20 0    0+0  plenty   | None
    alpha  btc   ready  sell lim  gtc 500    10      526.33 530    0    0+0  plenty   | PriceOutsideCollar
    alpha  btc   ready  sell lim  gtc 500    10      526.32 530    0    0+0  plenty   | None
    alpha  btc   ready  sell mkt  gtc 0      0.01    499.99 500    0    0+0  plenty   | NotionalBelowMin
    alpha  btc   ready  sell mkt  gtc 0      0.01    500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 500    200.002 500    500    0    0+0  plenty   | NotionalAboveLimit
    alpha  btc   ready  buy  lim  gtc 500    200     500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  mkt  gtc 0      190.478 500    500    0    0+0  plenty   | NotionalAboveLimit
    alpha  btc   ready  buy  mkt  gtc 0      190.476 500    500    0    0+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    3+0  plenty   | OpenOrdersAboveLimit
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    2+0  plenty   | None
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    0+0  4999.99u | InsufficientBalance
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    0+0  5000u    | None
    alpha  btc   ready  buy  mkt  gtc 0      10      500    500    0    0+0  5249.99u | InsufficientBalance
    alpha  btc   ready  buy  mkt  gtc 0      10      500    500    0    0+0  5250u    | None
    alpha  btc   ready  sell lim  gtc 500    10      500    500    0    0+0  9.999b   | InsufficientBalance
    alpha  btc   ready  sell lim  gtc 500    10      500    500    0    0+0  10b      | None
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    2+3  plenty   | OrderStoreFull
    alpha  btc   ready  buy  lim  gtc 500    10      500    500    0    1+3  plenty   | None
    """;

    private static IEnumerable<string> Lines => Ladder.Split('\n').Skip(1);

    public static IEnumerable<TheoryDataRow<string>> Rows() =>
        Lines.Select(line => new TheoryDataRow<string>(line));

    [Theory]
    [MemberData(nameof(Rows))]
    public void First_broken_rule_is_the_answer(string row)
    {
        string[] cells = CellsOf(row);
        ExecutionReport report = ReportOf(cells, out Desk desk);

        Assert.Equal(Enum.Parse<RejectReason>(cells[^1]), report.RejectReason);
        bool isAccepted = report.RejectReason == RejectReason.None;
        Assert.Equal(isAccepted ? ExecutionType.PendingNew : ExecutionType.Rejected, report.ExecutionType);
        Assert.Equal(isAccepted ? OrderStatus.PendingNew : OrderStatus.Rejected, report.Status);
        Assert.Equal(77, report.CorrelationId);
        Assert.Equal(isAccepted ? 1 : 0, desk.Output.Count(IsSubmit));
    }

    /// <summary>The tables of this project, played against the engine: what they say is answered, is.</summary>
    [Fact]
    public void Some_table_has_a_row_for_every_reason_that_the_engine_can_give()
    {
        string[] answers =
        [
            .. TablesOf(typeof(RiskLadderTests).Assembly)
                .SelectMany(table => table.Split('\n'))
                .Where(line => line.Contains('|'))
                .SelectMany(line => line[(line.IndexOf('|') + 1)..].Split([' ', ';']))
                .Distinct(),
        ];
        // The connector alone knows that it is down; above are what exchanges say.
        string[] missing =
        [
            .. Enum.GetValues<RejectReason>()
                .Where(reason => reason < RejectReason.ExchangeInsufficientBalance)
                .Except([RejectReason.ConnectorDown])
                .Select(reason => reason.ToString())
                .Except(answers),
        ];
        Assert.Empty(missing);
    }

    /// <summary>Texts of theories, and constants that are tables.</summary>
    private static IEnumerable<string> TablesOf(Assembly tests)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (Type type in tests.GetTypes())
        {
            IEnumerable<string?> constants = type.GetFields(all)
                .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
                .Select(field => (string?)field.GetRawConstantValue());
            IEnumerable<string?> rows = type.GetMethods(all)
                .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
                .SelectMany(row => row.Data.OfType<string>());
            foreach (string table in constants.Concat(rows).OfType<string>())
            {
                yield return table;
            }
        }
    }

    [Fact]
    public void Quantity_that_no_balance_can_hold_is_refused()
    {
        Desk desk = Desk.Trading();
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0));
        PlaceOrder order = Say.Place(Desk.Alpha, Desk.Toy, "huge", Side.Sell, 100, 10_000_000_001);

        Assert.Equal(RejectReason.QuantityAboveMax, desk.Place(order).RejectReason);
        PlaceOrder atLimit = order with { Terms = order.Terms with { Quantity = 10_000_000_000 } };
        Assert.Equal(RejectReason.NotionalAboveLimit, desk.Place(atLimit).RejectReason);
    }

    private static string[] CellsOf(string row) =>
        row.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSubmit(byte[] message) =>
        MessageBytes.Header(message).Kind == MessageKind.SubmitOrder;

    private static ExecutionReport ReportOf(string[] cells, out Desk desk)
    {
        AccountId account = cells[0] switch { "alpha" => Desk.Alpha, "delta" => Desk.Delta, _ => new(99) };
        InstrumentId instrument = cells[1] switch
        {
            "btc" => Desk.BtcUsdt,
            "alien" => Desk.Elsewhere,
            _ => new(99),
        };
        desk = new Desk(ordersHeldMax: 5, openOrdersMax: 3);
        Prepare(desk, account.Value > 3 ? Desk.Alpha : account, cells);
        _ = desk.Take();
        Side side = cells[3] switch { "buy" => Side.Buy, "sell" => Side.Sell, _ => default };
        long price = Mantissa(cells[6], 2);
        long quantity = Mantissa(cells[7], 5);
        PlaceOrder order = Say.Place(account, instrument, "under-test", side, price, quantity);
        return desk.Place(order with
        {
            Terms = order.Terms with
            {
                Type = cells[4] switch { "lim" => OrderType.Limit, "mkt" => OrderType.Market, _ => default },
                TimeInForce = cells[5] switch
                {
                    "gtc" => TimeInForce.GoodTillCancel,
                    "ioc" => TimeInForce.ImmediateOrCancel,
                    "fok" => TimeInForce.FillOrKill,
                    _ => (TimeInForce)9,
                },
            },
            Stamps = cells[2] switch
            {
                "late" => Waited(Desk.CommandAgeMaxNanos + 1),
                "intime" => Waited(Desk.CommandAgeMaxNanos),
                _ => default,
            },
        });
    }

    private static CommandStamps Waited(long nanos) =>
        new() { GatewayReceived = 1, FastPathPolled = 1 + nanos };

    /// <summary>Open orders are of the toy instrument and cost 10 USDT each.</summary>
    private static void Prepare(Desk desk, AccountId account, string[] cells)
    {
        int own = cells[11][0] - '0';
        int other = cells[11][2] - '0';
        string funds = cells[12];
        decimal amount = funds == "plenty" ? 0 : decimal.Parse(funds[..^1]);
        decimal usdt = funds == "plenty" ? 1_000_000 : funds[^1] == 'u' ? amount : 0;
        decimal btc = funds == "plenty" ? 1_000 : funds[^1] == 'b' ? amount : 0;
        desk.StartSession(1);
        desk.Send(Desk.Filters(Desk.Toy, notionalMin: 0));
        desk.Top(Desk.Toy, 10, 10);
        desk.OpenStream(Desk.Bravo, "1000", "1000");
        desk.OpenStream(account, (usdt + (10 * own)).ToString(), btc.ToString());
        for (int order = 0; order < own + other; order++)
        {
            AccountId owner = order < own ? account : Desk.Bravo;
            ExecutionReport open = desk.Place(Say.Place(owner, Desk.Toy, $"open-{order}", Side.Buy, 10, 1));
            Assert.Equal(ExecutionType.PendingNew, open.ExecutionType);
        }

        SetState(desk, account, cells[2]);
        if (cells[8] != "none")
        {
            desk.Top(Desk.BtcUsdt, Mantissa(cells[8], 2), Mantissa(cells[9], 2));
        }

        desk.NowUnixNanos += long.Parse(cells[10]) * 1_000_000;
    }

    private static void SetState(Desk desk, AccountId account, string state)
    {
        if (state is "down" or "round")
        {
            desk.Stream(account, 1, state == "down" ? StreamState.Down : StreamState.Up);
        }

        if (state != "silent")
        {
            desk.Send(Desk.Filters(Desk.BtcUsdt, tradable: state == "closed" ? 0u : 1u));
        }
    }

    private static long Mantissa(string text, int decimals) =>
        (long)(decimal.Parse(text) * PowersOfTen.Of(decimals));
}
