using CsCheck;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Whatever may come in by a ring, at the edges of every number: an engine that threw at it would throw again
/// at every start, since it is in the log by then. Reports are within what FastPath lets in; commands are not
/// checked by anybody.
/// </summary>
public sealed class HostileInputTests
{
    private static readonly Gen<(int Kind, int[] Dice)[]> Streams =
        Gen.Select(Gen.Int[0, 31], Gen.Int[0, 1_000_000].Array[16]).Array[1, 120];

    [Fact]
    public void Nothing_that_comes_in_stops_the_engine() => Streams.Sample(
        stream =>
        {
            Desk desk = Limitless();
            foreach ((int kind, int[] dice) in stream)
            {
                Explained.Run(desk, () => Send(desk, kind, new HostileDice(dice, desk)));
            }

            Audit.Holds(desk.Engine);
            desk.Restart();
            Audit.Holds(desk.Engine);
        },
        iter: 500);

    /// <summary>Accounts that hold almost all that an amount can be, and no limit in their way.</summary>
    private static Desk Limitless()
    {
        Desk desk = RandomDay.Open();
        desk.Send(new RiskLimits
        {
            Header = MessageHeader.For<RiskLimits>(),
            OrderNotionalMax = long.MaxValue,
            PriceCollarBasisPoints = 0,
            OpenOrdersPerAccountMax = 1_000,
            CommandAgeMaxNanos = 1,
            ReferencePriceAgeMaxNanos = long.MaxValue,
            ValuationAssetId = Desk.Usdt,
        });
        foreach (AccountId account in new[] { Desk.Papa, Desk.Quebec })
        {
            desk.Deposit(account, Market.Spot, Desk.Usdt, "9000000000");
            desk.Deposit(account, Market.Spot, Desk.Btc, "9000000000");
            desk.Deposit(account, Market.Futures, Desk.Usdt, "4000000000");
        }

        foreach (AccountId account in new[] { Desk.Bravo, Desk.Delta })
        {
            desk.Stream(account, 1, StreamState.Up);
            long round = desk.LastRound();
            foreach (AssetId asset in new[] { Desk.Usdt, Desk.Btc })
            {
                desk.Balance(account, asset, HostileDice.AmountMax, HostileDice.AmountMax, round, Market.Spot);
                desk.Balance(account, asset, HostileDice.AmountMax, HostileDice.AmountMax, round, Market.Futures);
            }

            desk.Complete(account, round, 1);
        }

        _ = desk.Take();
        return desk;
    }

    private static void Send(Desk desk, int kind, HostileDice dice)
    {
        if (kind < 16)
        {
            SendCommand(desk, kind, dice);
        }
        else if (kind < 26)
        {
            SendOfOrder(desk, kind, dice);
        }
        else
        {
            SendOfAccount(desk, kind, dice);
        }
    }

    private static void SendCommand(Desk desk, int kind, HostileDice dice)
    {
        (AccountId account, InstrumentId instrument) = dice.Seat();
        switch (kind)
        {
            case < 7:
                desk.Send(new PlaceOrder
                {
                    Header = MessageHeader.For<PlaceOrder>(account),
                    ClientOrderId = dice.Name(),
                    InstrumentId = instrument,
                    Terms = dice.Terms(),
                    CorrelationId = dice.Any(),
                    Stamps = default,
                });
                break;
            case < 9:
                desk.Send(List(account, instrument, dice));
                break;
            case < 11:
                desk.Send(new AmendOrder
                {
                    Header = MessageHeader.For<AmendOrder>(dice.OwnerOf(dice.Last = dice.Order()).Account),
                    ClientOrderId = default,
                    OrderId = dice.Last,
                    Price = dice.Small(2) == 0 ? 0 : dice.Any(),
                    Quantity = dice.Small(2) == 0 ? 0 : dice.Any(),
                    StopPrice = dice.Small(3) == 0 ? dice.Any() : 0,
                    CorrelationId = dice.Any(),
                });
                break;
            case 11:
                desk.Send(new ReplaceOrder
                {
                    Header = MessageHeader.For<ReplaceOrder>(dice.OwnerOf(dice.Last = dice.Order()).Account),
                    OriginalClientOrderId = default,
                    ClientOrderId = dice.Name(),
                    OriginalOrderId = dice.Last,
                    InstrumentId = dice.OwnerOf(dice.Last).Instrument,
                    Terms = dice.Terms(),
                    CorrelationId = dice.Any(),
                    Stamps = default,
                });
                break;
            case 12:
                desk.Send(Say.Cancel(dice.OwnerOf(dice.Last = dice.Order()).Account, dice.Last));
                break;
            case 13:
                desk.Send(new CancelOrders
                {
                    Header = MessageHeader.For<CancelOrders>(dice.Account()),
                    Scope = (CancelScope)dice.Small(7),
                    InstrumentId = dice.Instrument(),
                    Exchange = dice.Exchange(),
                    CorrelationId = dice.Any(),
                });
                break;
            case 14 when dice.Small(4) == 0:
                desk.Send(new ChangeHalt
                {
                    Header = MessageHeader.For<ChangeHalt>(dice.Account()),
                    Scope = (HaltScope)dice.Small(7),
                    IsHalted = (byte)(dice.Small(3) == 0 ? 1 : 0),
                    OrderId = dice.Order(),
                    Exchange = dice.Exchange(),
                    CorrelationId = dice.Any(),
                    By = default,
                });
                break;
            default:
                desk.NowUnixNanos += dice.Small(2_000) * 1_000_000L;
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                break;
        }
    }

    private static PlaceOrderList List(AccountId account, InstrumentId instrument, HostileDice dice)
    {
        var contingency = (Contingency)(dice.Small(10) == 0 ? dice.Small(9) : 1 + dice.Small(3));
        OrderTerms first = dice.Terms();
        bool isPair = contingency == Contingency.OneCancelsOther;
        OrderTerms other = dice.Terms() with { Side = isPair ? first.Side : first.IsBuy ? Side.Sell : Side.Buy };
        return new()
        {
            Header = MessageHeader.For<PlaceOrderList>(account),
            InstrumentId = instrument,
            Contingency = contingency,
            LegCount = (byte)(contingency == Contingency.Bracket ? 3 : 2),
            CorrelationId = dice.Any(),
            Stamps = default,
            First = new() { ClientOrderId = dice.Name(), Terms = first },
            Second = new()
            {
                ClientOrderId = dice.Name(),
                Terms = other with { Quantity = isPair ? first.Quantity : 0, Flags = first.Flags },
            },
            Third = new() { ClientOrderId = dice.Name(), Terms = dice.Stop(other) with { Quantity = 0 } },
        };
    }

    private static void SendOfOrder(Desk desk, int kind, HostileDice dice)
    {
        OrderId order = dice.Order();
        (AccountId account, InstrumentId instrument) = dice.OwnerOf(order);
        switch (kind)
        {
            case < 19:
                desk.Send(new OrderSeen
                {
                    Header = MessageHeader.For<OrderSeen>(account),
                    OrderId = order,
                    ExchangeOrderId = dice.Small(12) - 4,
                    InstrumentId = instrument,
                    Status = (ExchangeOrderStatus)(1 + dice.Small(6)),
                    Source = (EvidenceSource)dice.Small(5),
                    CumulativeQuantity = dice.Amount(),
                    ExchangeUnixNanos = dice.Any(),
                    Stamps = default,
                    Terms = dice.Terms(),
                });
                break;
            case < 22:
                desk.Send(new TradeSeen
                {
                    Header = MessageHeader.For<TradeSeen>(account),
                    OrderId = order,
                    ExchangeOrderId = dice.Small(6),
                    InstrumentId = instrument,
                    Source = (EvidenceSource)dice.Small(5),
                    IsMaker = 7,
                    Side = (Side)dice.Small(4),
                    PositionSide = (PositionSide)dice.Small(4),
                    TradeId = dice.Small(40),
                    ExecutionId = 0,
                    Price = Math.Max(1, dice.Amount()),
                    Quantity = Math.Max(1, dice.Amount()),
                    Fee = dice.Small(2) == 0 ? dice.Amount() : -dice.Amount(),
                    FeeAssetId = new((uint)dice.Small(5)),
                    ExchangeUnixNanos = dice.Any(),
                });
                break;
            default:
                SendRefusal(desk, kind, account, order, dice);
                break;
        }
    }

    private static void SendRefusal(Desk desk, int kind, AccountId account, OrderId id, HostileDice dice)
    {
        var order = new ExecutionReport
        {
            Header = MessageHeader.For<ExecutionReport>(account),
            OrderId = id,
            ClientOrderId = default,
            InstrumentId = default,
            Terms = default,
            Status = default,
            ExecutionType = default,
            IsMaker = 0,
            Origin = default,
            RejectReason = default,
            CumulativeQuantity = 0,
            CumulativeNotional = 0,
            LastPrice = 0,
            LastQuantity = 0,
            Fee = 0,
            FeeAssetId = default,
            ExchangeErrorCode = 0,
            TradeId = 0,
            ExchangeOrderId = 0,
            CorrelationId = 0,
            ExchangeUnixNanos = 0,
            ReplyReceived = 0,
            Stages = default,
        };
        switch (kind)
        {
            case 22:
                desk.Send(Say.Refused(in order, RejectReason.ExchangeRefused));
                break;
            case 23:
                desk.Send(Say.Unknown(in order));
                desk.Send(Say.Absent(in order));
                break;
            case 24:
                desk.Send(Say.CancelRefused(in order, RejectReason.ExchangeRefused));
                break;
            default:
                desk.Send(Say.AmendRefused(
                    in order, dice.Small(2) == 0 ? RejectReason.ConnectorDown : RejectReason.ExchangeRefused));
                break;
        }
    }

    private static void SendOfAccount(Desk desk, int kind, HostileDice dice)
    {
        AccountId account = dice.Account();
        long round = desk.Engine.State.FindAccount(account)?.EvidenceId ?? 0;
        switch (kind)
        {
            case 26:
                SendPrice(desk, dice);
                break;
            case 27:
                desk.Send(new PositionSeen
                {
                    Header = MessageHeader.For<PositionSeen>(account),
                    InstrumentId = dice.Instrument(),
                    PositionSide = (PositionSide)dice.Small(5),
                    Leverage = unchecked((ushort)dice.Any()),
                    Quantity = dice.Any(),
                    EntryNotional = dice.Any(),
                    EvidenceId = round,
                });
                break;
            case 28:
                desk.Send(new FundingSeen
                {
                    Header = MessageHeader.For<FundingSeen>(account),
                    InstrumentId = dice.Instrument(),
                    AssetId = new((uint)dice.Small(5)),
                    Amount = dice.Any(),
                    FundingId = dice.Any(),
                });
                break;
            case 29:
                desk.Balance(account, new((uint)(1 + dice.Small(4))), dice.Amount(), dice.Amount(), round,
                    Market.Spot + (byte)dice.Small(2));
                desk.Complete(account, round, (byte)(dice.Small(9) == 0 ? 0 : 1));
                break;
            case 30:
                SendDefinition(desk, account, dice);
                break;
            default:
                desk.StartSession(dice.Small(20) == 0 ? 2 : 1);
                desk.Stream(account, dice.Small(20) == 0 ? 2 : 1, StreamState.Up);
                break;
        }
    }

    private static void SendPrice(Desk desk, HostileDice dice)
    {
        InstrumentId instrument = dice.Instrument();
        switch (dice.Small(4))
        {
            case 0:
                desk.Top(instrument, dice.Amount(), dice.Amount());
                break;
            case 1:
                desk.Last(instrument, dice.Any());
                break;
            case 2:
                desk.Mark(instrument, dice.Any());
                break;
            case 3 when dice.Small(6) == 0:
                desk.Send(new InstrumentFilters
                {
                    Header = MessageHeader.For<InstrumentFilters>(),
                    InstrumentId = instrument,
                    Tradable = 1,
                    TickSize = dice.Any(),
                    PriceMin = dice.Any(),
                    PriceMax = dice.Any(),
                    LotSize = dice.Any(),
                    QuantityMin = dice.Any(),
                    QuantityMax = dice.Any(),
                    NotionalMin = dice.Any(),
                    MakerFee = unchecked((int)dice.Any()),
                    TakerFee = unchecked((int)dice.Any()),
                    CanAmend = OrderAmendment.PriceAndQuantity,
                });
                break;
        }
    }

    private static void SendDefinition(Desk desk, AccountId account, HostileDice dice)
    {
        switch (dice.Small(4))
        {
            case 0:
                desk.Send(new FundsDeposited
                {
                    Header = MessageHeader.For<FundsDeposited>(account),
                    AssetId = new((uint)dice.Small(5)),
                    Wallet = (Market)dice.Small(4),
                    Amount = dice.Any(),
                    DepositId = dice.Any(),
                });
                break;
            case 1:
                desk.Send(new LimitsDefined
                {
                    Header = MessageHeader.For<LimitsDefined>(account),
                    Scope = (LimitScope)dice.Small(6),
                    Group = (uint)dice.Small(9),
                    InstrumentId = dice.Instrument(),
                    LeverageMax = (int)(dice.Any() % 100_000),
                    OpenOrdersMax = 0,
                    OrdersPerWindowMax = (int)(dice.Any() % 100),
                    OrderWindowNanos = dice.Any(),
                    DuplicateWindowNanos = dice.Any(),
                    OrderNotionalMax = dice.Any(),
                    OrderQuantityMax = dice.Any(),
                    PositionQuantityMax = dice.Any(),
                    PositionValueMax = dice.Any(),
                    BalanceValueMax = dice.Any(),
                    LossMax = dice.Any(),
                    Version = dice.Any(),
                });
                break;
            case 2:
                desk.Send(Say.Request(dice.Small(4) - 1, (uint)dice.Small(9), dice.Any(), dice.Any()));
                desk.Send(Say.Reclaim(dice.Small(4) - 1, (uint)dice.Small(9), dice.Any(), dice.Any()));
                break;
            default:
                desk.Send(Say.Grant(dice.Small(4) - 1, (uint)dice.Small(9), dice.Any(), dice.Any()));
                desk.Send(Say.Return(dice.Small(4) - 1, (uint)dice.Small(9), dice.Any(), dice.Any()));
                break;
        }
    }
}
