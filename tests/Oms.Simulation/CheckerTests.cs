using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
using Oms.Simulation.Checks;
using Oms.Simulation.Checks.Exposures;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>Each check finds what it is there to find.</summary>
public sealed class CheckerTests(PlayedRun played) : IClassFixture<PlayedRun>
{
    private static readonly OrderTerms Buy = new()
    {
        Side = Side.Buy, Type = OrderType.Limit, TimeInForce = TimeInForce.GoodTillCancel, Price = 100, Quantity = 5,
    };

    private SimulatedRun Run => played.Run;

    private ExecutionReport[] Trades =>
        [.. Run.History.Executions.Where(report => report.ExecutionType == ExecutionType.Trade)];

    private static string Copy => $"/dev/shm/oms-simulation-copy-{Environment.ProcessId}";

    [Fact]
    public void Fill_conservation_finds_fills_that_are_invented_doubled_changed_or_missing()
    {
        FillConservation Heard(IEnumerable<ExecutionReport> reports)
        {
            var check = new FillConservation(Run.Exchange.Orders);
            foreach (ExecutionReport report in reports)
            {
                check.Hear(in report);
            }

            return check;
        }

        Heard(Trades).CheckEnd(played.State());
        Broken("1 fill", () => Heard([Trades[0] with { TradeId = 999_999 }]));
        Broken("1 fill", () => Heard([Trades[0], Trades[0]]));
        Broken("1 fill", () => Heard([Trades[0] with { LastPrice = Trades[0].LastPrice + 1 }]));
        Broken("1 fill", () => Heard(Trades.SkipLast(1)).CheckEnd(played.State()));
        Broken("1 fill", () =>
        {
            EngineState state = played.State();
            Position position = state.Holdings.Positions[0];
            position.Quantity++;
            Heard(Trades).CheckEnd(state);
        });
    }

    [Fact]
    public void No_lost_order_finds_what_is_not_known_taken_for_ended_or_left_open()
    {
        ExchangeOrder ended = Run.Exchange.Orders.First(order => !order.IsExternal);
        Broken("2 no lost", () => NoLostOrder.Check([Order(99)], played.State()));
        Broken("2 no lost", () => NoLostOrder.Check([ended], played.State()));
        Broken("2 no lost", () => NoLostOrder.CheckEnd([Order(99)], Run.History, played.State()));
        Broken("2 no lost", () =>
        {
            EngineState state = played.State();
            Assert.True(state.Orders.TryFind(ended.OrderId, out int slot));
            state.Orders[slot].Status = OrderStatus.Unknown;
            NoLostOrder.CheckEnd(Run.Exchange.Orders, Run.History, state);
        });
    }

    [Fact]
    public void No_duplicate_order_finds_what_is_sent_or_taken_twice()
    {
        NoDuplicateOrder.Check(Run.Exchange.Orders, Run.History);
        ExchangeOrder own = Run.Exchange.Orders.First(order => !order.IsExternal);
        Broken("3 no dup", () => NoDuplicateOrder.Check([own, own], Run.History));
        var repeated = new History();
        repeated.RequestsRepeated.Add(new(1));
        Broken("3 no dup", () => NoDuplicateOrder.Check([], repeated));
        var unordered = new History();
        unordered.NoteRequest(Bytes.Of(Submission(1, 10)), before: 7);
        Broken("3 no dup", () => NoDuplicateOrder.Check([], unordered));
        var twice = new History();
        ExecutionReport report = Trades[0];
        twice.NoteEvent(Bytes.Of(report with { OrderId = new(1) }), step: 1);
        twice.NoteEvent(Bytes.Of(report with { OrderId = new(2) }), step: 1);
        Broken("3 no dup", () => NoDuplicateOrder.Check([Order(1), Order(2)], twice));
    }

    [Fact]
    public void Idempotent_application_finds_orders_that_live_again_and_evidence_that_counts_twice()
    {
        ExecutionReport report = Trades[0];
        var lives = new IdempotentApplication();
        lives.Hear(report with { Status = OrderStatus.Canceled });
        Broken("4 idem", () => lives.Hear(report with { Status = OrderStatus.New }));
        IdempotentApplication.CheckEnd(played.Engine(), played.Inputs, new(1));
        byte[] trade = played.Inputs.First(input => MessageBytes.Header(input).Kind == MessageKind.TradeSeen);
        TradeSeen another = MessageBytes.As<TradeSeen>(trade) with { TradeId = 999_999 };
        Broken("4 idem", () => IdempotentApplication.CheckEnd(
            played.Engine(), [.. played.Inputs, Bytes.Of(another)], new(1)));
    }

    [Fact]
    public void Replay_determinism_finds_another_state_and_a_change_that_nobody_sees()
    {
        ulong hash = Run.FastPath.Engine.View.StateHash();
        ReplayDeterminism.Check(Run.Data, Run.FastPath.Parts.Head, hash);
        Broken("5 replay", () => ReplayDeterminism.Check(Run.Data, Run.FastPath.Parts.Head, hash + 1));
        ReplayDeterminism.CheckFlippedByte(Run.Data.Log, Copy, new(1));
        Broken("5 replay", () => ReplayDeterminism.CheckFlippedByte(Run.Data.Log, Copy, new(1), bits: 0));
        ReplayDeterminism.CheckTornTail(Run.Data.Log, Copy, new(1));
        Broken("5 replay", () => ReplayDeterminism.CheckTornTail(Run.Data.Log, Copy, new(1), bits: 0));
        Directory.Delete(Copy, recursive: true);
    }

    [Fact]
    public void Ledger_zero_sum_finds_a_unit_that_comes_from_nowhere()
    {
        LedgerZeroSum.Check(Run.Exchange);
        Engine.Engine engine = played.Engine();
        LedgerZeroSum.Check(engine.View.LedgerSum);
        engine.State.Ledger.Rows.First(row => row.Asset.Definition.AssetId == Venue.Usdt).Total++;
        Broken("6 ledger", () => LedgerZeroSum.Check(engine.View.LedgerSum));
    }

    [Fact]
    public void Exposure_bound_finds_what_is_above_the_limit_and_what_stays_reserved()
    {
        ExposureBound.Check(Run.Exchange.Orders, Run.Transfers.All, _ => Venue.One);
        Broken("7 exposure", () => ExposureBound.Check(Run.Exchange.Orders, [], _ => 1));
        ExposureBound.CheckCounted(Run.Exchange.Orders, Count(), _ => 0);
        Broken("7 exposure", () => ExposureBound.CheckCounted(
            [.. Run.Exchange.Orders, Open(Venue.BtcUsdt, 100_000, OrderFlags.None)], Count(), _ => 0));
        ExposureBound.CheckEnd(played.State());
        Broken("7 exposure", () =>
        {
            EngineState state = played.State();
            state.Ledger.Rows[0].Reserved = 1;
            ExposureBound.CheckEnd(state);
        });
        Broken("7 exposure", () =>
        {
            EngineState state = played.State();
            state.Holdings.All[0].OpenBuys = 1;
            ExposureBound.CheckEnd(state);
        });
    }

    [Fact]
    public void Exposure_bound_allows_what_only_reduces_and_nothing_for_what_moved()
    {
        const long Amount = 20_000_000;
        ExchangeOrder bought = Filled(Open(Venue.BtcUsdt, 20_000, OrderFlags.None));
        ExchangeOrder sold = Filled(Open(Venue.BtcUsdt, 20_000, OrderFlags.ReduceOnly, Side.Sell));
        ExposureBound.Check([bought], [], _ => Amount);
        Broken("7 exposure", () => ExposureBound.Check([bought], [], _ => Amount - 1));
        ExposureBound.Check([sold], [], _ => 1);
        var none = new ExposureCount(Desk.Whole, hasFirmLimit: false);
        ExposureBound.CheckCounted([bought], none, _ => Amount);
        Broken("7 exposure", () => ExposureBound.CheckCounted([bought], none, _ => Amount - 1));
        Broken("7 exposure", () => ExposureBound.CheckCounted([sold], none, _ => Amount - 1));
    }

    /// <summary>Of a limit of 4 and an exchange that says 10.</summary>
    [Fact]
    public void Margin_is_counted_at_the_limit_until_the_exchange_said_otherwise()
    {
        var leverages = new CountedLeverages(Desk.Whole with { AreLossesLimited = true });
        Assert.Equal(Span.Of(26), leverages.MarginOf(Venue.Wild, 101));
        leverages.Take(new PositionSeen
        {
            Header = MessageHeader.For<PositionSeen>(Venue.Wild),
            InstrumentId = Venue.Perpetual,
            PositionSide = PositionSide.Both,
            Leverage = Venue.Leverage,
            Quantity = 0,
            EntryNotional = 0,
            EvidenceId = 1,
        });
        Assert.Equal(new Span(11, 26), leverages.MarginOf(Venue.Wild, 101));
        leverages.Take(new AccountGateChanged
        {
            Header = MessageHeader.For<AccountGateChanged>(Venue.Wild),
            Gate = AccountGate.Ready,
            Reason = GateReason.EvidenceComplete,
            ReconciledUnixNanos = 1,
        });
        Assert.Equal(Span.Of(11), leverages.MarginOf(Venue.Wild, 101));
    }

    [Fact]
    public void Exposure_count_finds_what_the_engine_counts_otherwise_and_limits_that_were_passed()
    {
        ExposureCount count = Count();
        ExposureComparison.Check(count, played.State(), Run.Exchange);
        void Spoilt(Action<EngineState> spoil) => Broken("7 exposure", () =>
        {
            EngineState state = played.State();
            spoil(state);
            ExposureComparison.Check(count, state, Run.Exchange);
        });
        Spoilt(state => state.Account(Venue.Alone).Live.Restore(first: 0, last: 0, count: 99));
        Spoilt(state => state.Ledger.Rows.First(row => row.Wallet == Market.Futures && row.Reserved > 0).Reserved--);
        Spoilt(state => state.Ledger.Rows[0].Total++);
        Spoilt(state => state.Holdings.Positions.First(position => position.Quantity != 0).Quantity++);
        Spoilt(state => state.Holdings.Positions.First(position => position.Quantity != 0).OpenNotional++);
        Spoilt(state => state.Holdings.All[0].OpenBuys++);
        Spoilt(state => state.Account(Venue.Right).Value++);
        Spoilt(state => state.Account(Venue.Right).Group!.Value++);
        ExecutionReport accepted = Run.History.Executions.First(report =>
            report.ExecutionType == ExecutionType.PendingNew && report.InstrumentId == Venue.BtcUsdt);
        void Accepted(long quantity, long price, int times = 1)
        {
            var empty = new ExposureCount(Desk.Whole, hasFirmLimit: false);
            for (int number = 1; number <= times; number++)
            {
                empty.Take(Bytes.Of(accepted with
                {
                    OrderId = new(number),
                    ClientOrderId = default,
                    Terms = Buy with { Quantity = quantity, Price = price },
                }));
            }
        }

        Accepted(quantity: 50_000, price: 5_000_000);
        Broken("7 exposure", () => Accepted(quantity: 100_001, price: 100));
        Broken("7 exposure", () => Accepted(quantity: 60_000, price: 5_000_000));
        Accepted(quantity: 10, price: 100, Venue.OrdersPerWindowMax);
        Broken("7 exposure", () => Accepted(quantity: 10, price: 100, Venue.OrdersPerWindowMax + 1));
    }

    [Fact]
    public void Matching_inside_is_found_out_where_a_trade_has_one_side_or_one_owner_or_another_price()
    {
        ExecutionReport[] sides =
        [
            .. Run.History.Executions.Where(report =>
                report.ExecutionType == ExecutionType.Trade && Venue.IsInside(report.InstrumentId)),
        ];
        ExecutionReport first = sides[0] with { CumulativeQuantity = sides[0].LastQuantity };
        ExecutionReport second = sides[1] with { CumulativeQuantity = sides[1].LastQuantity };
        void Heard(params ExecutionReport[] reports)
        {
            var check = new InsideMatching();
            foreach (ExecutionReport report in reports)
            {
                check.Hear(in report);
            }

            check.CheckEnd();
        }

        Heard(first, second);
        Broken("1 fill", () => Heard(first));
        Broken("1 fill", () => Heard(first, second with { LastPrice = second.LastPrice - 1 }));
        Broken("1 fill", () => Heard(first, second with { IsMaker = first.IsMaker }));
        Broken("1 fill", () => Heard(first with { CumulativeQuantity = 1 }, second));
        Broken("10 safety", () => Heard(first, second with
        {
            Header = second.Header with { AccountId = first.Header.AccountId },
        }));
        ExecutionReport buy = first with
        {
            ExecutionType = ExecutionType.New,
            Status = OrderStatus.New,
            Terms = Buy,
            Header = first.Header with { AccountId = Venue.House },
        };
        ExecutionReport sale = buy with
        {
            OrderId = new(2),
            Terms = Buy with { Side = Side.Sell },
            Header = first.Header with { AccountId = Venue.Other },
        };
        Broken("1 fill", () => Heard(buy, sale));
    }

    private ExposureCount Count() =>
        ExposureCount.OfLog(Run.Setting.Desk, hasFirmLimit: false, Run.Data, Run.FastPath.Parts.Head);

    [Fact]
    public void Account_isolation_finds_what_moves_with_another_account()
    {
        AccountIsolation.Check(played.Inputs, "wild");
        Broken("8 account", () => AccountIsolation.Check(played.Inputs, "wild", (engine, input) =>
        {
            if (ReferenceEquals(input, played.Inputs[^1]))
            {
                BalanceRow row = engine.State.Account(Venue.Alone).Balances[0];
                row.Total++;
            }
        }));
    }

    [Fact]
    public void Convergence_finds_balances_orders_and_gates_that_differ_and_rounds_that_speak()
    {
        Convergence.Check(played.State(), Run.Exchange);
        Broken("9 conv", () =>
        {
            EngineState state = played.State();
            state.Account(Venue.Left).Balances[0].Total++;
            Convergence.Check(state, Run.Exchange);
        });
        Broken("9 conv", () =>
        {
            EngineState state = played.State();
            state.Account(Venue.Left).Gate = AccountGate.Reconciling;
            Convergence.Check(state, Run.Exchange);
        });
        Broken("9 conv", () =>
        {
            EngineState state = played.State();
            Assert.True(state.Orders.TryFind(Trades[0].OrderId, out int slot));
            state.Orders[slot].Status = OrderStatus.New;
            Convergence.Check(state, Run.Exchange);
        });
        Broken("9 conv", () => Convergence.CheckQuiet([Bytes.Of(Trades[0])]));
        ExecutionReport late = Trades[0] with { Terms = Trades[0].Terms with { ExpireUnixNanos = 1 } };
        byte[] refused = Bytes.Of(new CancelRejected
        {
            Header = MessageHeader.For<CancelRejected>(late.Header.AccountId),
            OrderId = late.OrderId,
            ClientOrderId = late.ClientOrderId,
            Status = OrderStatus.PendingCancel,
            Reason = RejectReason.ExchangeOrderUnknown,
            ExchangeErrorCode = 0,
            InstrumentId = late.InstrumentId,
            CorrelationId = 0,
        });
        Convergence.CheckQuiet([Bytes.Of(late), refused]);
        Broken("9 conv", () => Convergence.CheckQuiet([refused]));
    }

    [Fact]
    public void Safety_gates_find_orders_behind_a_halt_and_trades_within_an_owner()
    {
        SafetyGates.Check(Run.Exchange.Orders, Run.History);
        ExchangeOrder order = Order(1);
        var confirmed = new History();
        confirmed.ConfirmedHalts.Add(new(order.Account, FromStep: 2, ToStep: 9));
        Broken("10 safety", () => SafetyGates.Check([order], confirmed));
        var halted = new History();
        halted.NoteEvent(Bytes.Of(Run.History.Of<HaltChanged>().First() with
        {
            Header = MessageHeader.For<HaltChanged>(Venue.Alone) with { UnixNanos = 5 },
            Scope = HaltScope.Account,
            State = HaltState.Halted,
        }), step: 1);
        halted.NoteRequest(Bytes.Of(Submission(1, 1)), before: 0);
        Broken("10 safety", () => SafetyGates.Check([], halted));
        order.Fills.Add(new(1, 100, 1, false, 0, Venue.Btc, Order(2)));
        Broken("10 safety", () => SafetyGates.Check([order], new History()));
    }

    private static ExchangeOrder Open(
        InstrumentId instrument, long quantity, OrderFlags flags, Side side = Side.Buy) => new()
    {
        Account = Venue.Alone,
        OrderId = new(1),
        Number = 1,
        Instrument = instrument,
        PlacedInStep = 5,
        Terms = Buy with { Side = side, Quantity = quantity, Flags = flags },
    };

    private static ExchangeOrder Filled(ExchangeOrder order)
    {
        order.Fills.Add(new(1, order.Terms.Price, order.Terms.Quantity, false, 0, Venue.Usdt, null));
        return order;
    }

    private static ExchangeOrder Order(long id) => new()
    {
        Account = Venue.Alone,
        OrderId = new(id),
        Number = id,
        Instrument = Venue.BtcUsdt,
        PlacedInStep = 5,
        Terms = Buy,
    };

    private static SubmitOrder Submission(long id, long number) => new()
    {
        Header = MessageHeader.For<SubmitOrder>(Venue.Alone) with { LogSequence = number, UnixNanos = 9 },
        Session = 1,
        OrderId = new(id),
        InstrumentId = Venue.BtcUsdt,
        Terms = Buy,
        Stamps = default,
    };

    private static void Broken(string invariant, Action check)
    {
        Violation found = Assert.Throws<Violation>(check);
        Assert.StartsWith(invariant, found.Message);
    }
}
