using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Engine.Holdings;
using Oms.Engine.State;
using Oms.Simulation.Checks;
using Oms.Simulation.Checks.Exposures;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>What is wrong with transfers is found.</summary>
public sealed class TransferCheckerTests(PlayedTransfers played) : IClassFixture<PlayedTransfers>
{
    private SimulatedRun Run => played.Run;

    private IReadOnlyList<ExchangeTransfer> There => Run.Transfers.All;

    private TransferReport[] Reports =>
        [.. Run.History.Of<TransferReport>().Where(report => !report.TransferId.IsNone)];

    [Fact]
    public void An_end_that_the_exchange_does_not_have_so_is_found()
    {
        TransfersOnce told = Heard(Reports);
        told.CheckEnd(There, played.State());
        ExchangeTransfer first = There.First(each => each.IsDone);
        Broken(() => told.CheckEnd([.. There.Where(each => each != first)], played.State()));
        Broken(() => told.CheckEnd([.. There, first], played.State()));
        Broken(() => Heard(Reports.Where(report => report.TransferId != first.TransferId))
            .CheckEnd(There, played.State()));
        Broken(() => told.CheckEnd(There, Spoilt(state => state.Ledger.Rows[0].InTransit++)));
    }

    [Fact]
    public void A_transfer_that_is_two_lives_again_or_leaves_a_halted_account_is_found()
    {
        TransferReport accepted = Reports.First(each => each.Step == TransferStep.Accepted);
        TransferReport report = Reports.First(each =>
            each.TransferId == accepted.TransferId && each.Status == TransferStatus.Completed);
        _ = Heard([accepted, report]);
        Broken(() => Heard([accepted, report, accepted with { TransferId = new(99) }]));
        Broken(() => Heard([accepted, report with { Status = TransferStatus.Rejected }, report]));
        TransfersOnce halted = Heard([]);
        halted.Hear(new HaltChanged
        {
            Header = MessageHeader.For<HaltChanged>(accepted.Header.AccountId),
            Scope = HaltScope.Account,
            State = HaltState.Halted,
            Reason = HaltReason.Command,
            OrderId = OrderId.None,
            Exchange = default,
            CorrelationId = 0,
            By = default,
        });
        Broken(() => halted.Hear(in accepted));
    }

    [Fact]
    public void A_transfer_that_nobody_asked_for_or_otherwise_is_found()
    {
        TransferReport accepted = Reports.First(each => each.Step == TransferStep.Accepted);
        TransferReport later = Reports.First(each =>
            each.TransferId == accepted.TransferId && each.Step != TransferStep.Accepted);
        TransferReport refused = Run.History.Of<TransferReport>().First(report => report.TransferId.IsNone);
        _ = Heard([accepted, later, refused]);
        Broken(() => Heard([later]));
        Broken(() => Heard([accepted with { CorrelationId = 0 }]));
        Broken(() => Heard([accepted with { Amount = accepted.Amount + 1 }]));
        Broken(() => Heard([accepted with { ToAccountId = Venue.Wild }]));
        Broken(() => Heard([accepted, later with { FromWallet = (Market)99 }]));
        Broken(() => Heard([accepted, later with { ClientTransferId = default }]));
        Broken(() => Heard([refused with { AssetId = AssetId.None }]));
    }

    [Fact]
    public void A_transfer_at_the_exchange_that_is_not_known_or_is_another_is_found()
    {
        TransfersOnce told = Heard(Reports);
        told.Check(There, played.State());
        ExchangeTransfer first = There[0];
        Broken(() => told.Check([Like(first, new(99), first.Amount)], played.State()));
        Broken(() => told.Check([Like(first, first.TransferId, 1)], played.State()));
        Broken(() => told.Check([Like(first, first.TransferId, first.Amount, hop: 3)], played.State()));
        ExchangeTransfer second = There.First(each => each.Hop == 2);
        TransferReport[] once = [.. Reports.Where(report => report.TransferId != second.TransferId || report.Hop < 2)];
        Broken(() => Heard(once).CheckEnd(There, played.State()));
    }

    [Fact]
    public void A_balance_that_has_to_be_corrected_is_found()
    {
        BalanceChanged changed = Run.History.Of<BalanceChanged>().First(each =>
            each.Wallet == Market.Spot && each.Header.AccountId == Venue.Left);
        TransfersOnce.Hear(in changed);
        Broken(() => TransfersOnce.Hear(changed with { Change = BalanceChange.Adjusted }));
    }

    [Fact]
    public void The_exposure_count_finds_amounts_that_are_in_transit_reserved_or_somewhere_else()
    {
        ExposureCount Count(Func<byte[], byte[]> change) => ExposureCount.OfLog(
            Run.Setting.Desk, hasFirmLimit: false, Run.Data, Run.FastPath.Parts.Head, change);
        byte[] Without(byte[] record, TransferStep step) =>
            MessageBytes.Header(record).Kind == MessageKind.TransferReport
            && MessageBytes.As<TransferReport>(record).Step == step
                ? Bytes.Of(new Tick { Header = MessageBytes.Header(record) with { Kind = MessageKind.Tick } })
                : record;
        void Compared(ExposureCount count, EngineState state) => ExposureComparison.Check(count, state, Run.Exchange);
        Compared(Count(record => record), played.State());
        BrokenExposure(() => Compared(Count(record => Without(record, TransferStep.Credited)), played.State()));
        BrokenExposure(() => Compared(Count(record => Without(record, TransferStep.Debited)), played.State()));
        BrokenExposure(() => Compared(
            Count(record => record), Spoilt(state => state.Ledger.Rows[0].InTransit++)));
    }

    [Fact]
    public void A_position_that_does_not_go_along_is_found()
    {
        TransferReport[] reports = Reports;
        Position? Moved(EngineState state) => state.Holdings.Positions.FirstOrDefault(position =>
            position.Holding.Instrument.Id == Venue.BtcUsdt && position.Quantity != 0);
        Assert.Contains(reports, report => report.AssetId == Venue.Btc && report.Step == TransferStep.Credited);
        Assert.NotNull(Moved(played.State()));
        FillConservation Told(bool areMovesTold)
        {
            var check = new FillConservation(Run.Exchange.Orders);
            foreach (byte[] said in Run.History.Events)
            {
                if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
                {
                    check.Hear(in MessageBytes.As<ExecutionReport>(said));
                }
                else if (areMovesTold && MessageBytes.Header(said).Kind == MessageKind.TransferReport)
                {
                    check.Hear(in MessageBytes.As<TransferReport>(said));
                }
            }

            return check;
        }

        Told(areMovesTold: true).CheckEnd(played.State());
        Assert.StartsWith(
            "1 fill",
            Assert.Throws<Violation>(() => Told(areMovesTold: false).CheckEnd(played.State())).Message);
    }

    /// <summary>What came along goes back as far as it is still there, and nothing is made or lost.</summary>
    [Fact]
    public void What_a_denied_transfer_brought_is_counted_where_it_came_from()
    {
        ExecutionReport bought = Run.History.Executions.First(each =>
            each.ExecutionType == ExecutionType.Trade && each.InstrumentId == Venue.BtcUsdt && each.Terms.IsBuy);
        AccountId from = bought.Header.AccountId;
        AccountId to = from == Venue.Left ? Venue.Right : Venue.Left;
        var count = new ExposureCount(Desk.Whole, hasFirmLimit: false);
        count.Take(Bytes.Of(bought with { ExecutionType = ExecutionType.New, CumulativeQuantity = 0 }));
        count.Take(Bytes.Of(bought));
        CountedHolding sender = count.Holding(from, Venue.BtcUsdt);
        CountedHolding receiver = count.Holding(to, Venue.BtcUsdt);
        (long quantity, long cost) = (sender.Held(PositionSide.Both), sender.Cost);
        TransferReport report = Reports.First(each => each.AssetId == Venue.Btc) with
        {
            Header = MessageHeader.For<TransferReport>(from),
            ToAccountId = to,
            FromWallet = Market.Spot,
            ToWallet = Market.Spot,
            Amount = quantity,
            Hop = 1,
        };
        count.Transfers.Hear(report with { Step = TransferStep.Debited, Leg = 1 });
        count.Transfers.Hear(report with { Step = TransferStep.Credited, Leg = 2 });
        Assert.Equal((0, quantity), (sender.Held(PositionSide.Both), receiver.Held(PositionSide.Both)));
        Assert.Equal(quantity, count.Transfers.BroughtAlong(to, Venue.BtcUsdt));
        _ = receiver.Position(PositionSide.Both).TakeOut(quantity / 4);
        long left = quantity - (quantity / 4);
        count.Transfers.Hear(report with { Step = TransferStep.Reversed });
        Assert.Equal((left, 0), (sender.Held(PositionSide.Both), receiver.Held(PositionSide.Both)));
        Assert.InRange(sender.Cost, (cost * left / quantity) - 1, (cost * left / quantity) + 1);
        Assert.Equal(0, receiver.Cost);
        Assert.Equal(-(quantity / 4), count.Transfers.BroughtAlong(from, Venue.BtcUsdt));
    }

    [Fact]
    public void Convergence_finds_transfers_under_way_and_wallets_that_differ()
    {
        Convergence.Check(played.State(), Run.Exchange);
        void Differs(Action<EngineState> spoil) => Assert.StartsWith(
            "9 conv", Assert.Throws<Violation>(() => Convergence.Check(Spoilt(spoil), Run.Exchange)).Message);
        Differs(state => state.Ledger.Rows.First(row => row.Wallet == Market.Futures).Total++);
        Differs(state => state.Ledger.Rows.First(row => row.Wallet == Market.Spot).InTransit++);
        Differs(state => state.Transfers.Add(new()
        {
            TransferId = new(99),
            FromAccountId = Venue.Left,
            ToAccountId = Venue.Right,
            AssetId = Venue.Usdt,
            FromWallet = Market.Spot,
            ToWallet = Market.Spot,
            Hop = 1,
            Amount = 1,
        }));
    }

    private TransfersOnce Heard(IEnumerable<TransferReport> reports)
    {
        var check = new TransfersOnce(Run.History.TransfersAsked);
        foreach (TransferReport report in reports)
        {
            check.Hear(in report);
        }

        return check;
    }

    private static ExchangeTransfer Like(
        ExchangeTransfer transfer, TransferId id, long amount, byte? hop = null) => new()
    {
        TransferId = id,
        Hop = hop ?? transfer.Hop,
        From = transfer.From,
        FromWallet = transfer.FromWallet,
        To = transfer.To,
        ToWallet = transfer.ToWallet,
        Asset = transfer.Asset,
        Amount = amount,
        Number = transfer.Number,
        ListedFrom = transfer.ListedFrom,
    };

    private EngineState Spoilt(Action<EngineState> spoil)
    {
        EngineState state = played.State();
        spoil(state);
        return state;
    }

    private static void Broken(Action check) =>
        Assert.StartsWith("11 transfers", Assert.Throws<Violation>(check).Message);

    private static void BrokenExposure(Action check) =>
        Assert.StartsWith("7 exposure", Assert.Throws<Violation>(check).Message);
}
