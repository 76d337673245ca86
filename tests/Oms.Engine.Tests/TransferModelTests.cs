using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Transfers;

namespace Oms.Engine.Tests;

/// <summary>
/// Transfers against an exchange that answers badly, over restarts of the engine and of the connector: no money is lost
/// or made at any step, and in the end the ledger holds what the exchange holds.
/// </summary>
public sealed class TransferModelTests
{
    private static readonly (AccountId Account, Market Wallet)[] Places =
    [
        (Desk.Alpha, Market.Spot), (Desk.Alpha, Market.Futures), (Desk.Bravo, Market.Spot),
        (Desk.Bravo, Market.Futures), (Desk.Delta, Market.Spot), (Desk.Delta, Market.Futures),
    ];

    private static readonly AccountId[] Accounts = [Desk.Alpha, Desk.Bravo, Desk.Delta];

    [Fact]
    public void The_ledger_ends_as_the_exchange_and_never_loses_anything() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            Desk desk = RandomDay.Open();
            var dice = new Random(seed);
            var truth = new TransferTruth(desk, dice);
            Int128[] before = Sums(desk);
            for (int step = 0; step < 150; step++)
            {
                Explained.Run(desk, () => Step(desk, truth, dice, step));
                Assert.Equal(before, Sums(desk));
            }

            Settle(desk, truth);
            foreach (((AccountId account, Market wallet, AssetId asset), long amount) in truth.Holdings)
            {
                BalanceChanged row = desk.Tables.Balances[(account, wallet, asset)];
                Assert.Equal((amount, 0, 0), (row.Free, row.ReservedAmount, row.InTransit));
            }

            Assert.DoesNotContain(
                desk.Output, said => MessageBytes.Header(said).Kind == MessageKind.DifferenceFound);
            var again = new Engine(Desk.Capacity with { OrdersHeldMax = 200 });
            desk.Inputs.ToList().ForEach(input => again.Apply(input));
            Assert.Equal(desk.Engine.View.StateHash(), again.View.StateHash());
        },
        iter: 150);

    /// <summary>
    /// A thousand transfers over two hundred accounts, the exchange answering badly, the engine made anew from what it
    /// saved again and again: what all rows hold and what is in transit is the same after every single event.
    /// </summary>
    [Fact]
    public void A_thousand_transfers_over_two_hundred_accounts_lose_nothing_and_happen_once()
    {
        const int Accounts = 200;
        const int Transfers = 1_000;
        Desk desk = OpenMany(Accounts);
        var dice = new Random(20260131);
        var truth = new TransferTruth(desk, dice);
        Int128[] before = Sums(desk);
        for (int number = 0; number < Transfers; number++)
        {
            desk.Send(Say.Transfer(
                $"t{number}", AccountAt(dice.Next(Accounts)), Market.Spot, AccountAt(dice.Next(Accounts)),
                Market.Spot, Desk.Usdt, dice.Next(1, 1000) * Desk.One, desk.NowUnixNanos));
            for (int step = dice.Next(6); step > 0; step--)
            {
                truth.Listen();
                truth.Deliver();
                desk.NowUnixNanos += dice.NextInt64(100_000_000);
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                Assert.Equal(before, Sums(desk));
            }

            if (number % 100 == 99)
            {
                desk.Restart();
            }
        }

        Settle(desk, truth);
        Assert.Equal(before, Sums(desk));
        TransferReport[] ends =
        [
            .. desk.Output.Where(said => MessageBytes.Header(said).Kind == MessageKind.TransferReport)
                .Select(said => MessageBytes.As<TransferReport>(said))
                .Where(report => !report.TransferId.IsNone)
                .GroupBy(report => report.TransferId)
                .Select(reports => reports.Last()),
        ];
        Assert.True(ends.Length > Transfers * 9 / 10, $"{ends.Length} were transfers");
        Assert.Equal(
            truth.DoneIds.Order(),
            ends.Where(end => end.Status == TransferStatus.Completed).Select(end => end.TransferId.Value).Order());
        Assert.All(ends, end => Assert.True(TransferLifecycle.IsFinal(end.Status)));
    }

    /// <summary>Past those of the desk that are matched here.</summary>
    private static AccountId AccountAt(int index) => new((uint)index + Desk.Sierra.Value + 1);

    private static Desk OpenMany(int accounts)
    {
        var desk = new Desk();
        desk.Send(new CapacityDefined
        {
            Header = MessageHeader.For<CapacityDefined>(),
            AccountsMax = accounts + (int)Desk.Sierra.Value,
            InstrumentsMax = 8,
            AssetsMax = 8,
            OrdersHeldMax = 1000,
            FillsRememberedMax = 4096,
            BalancesMax = accounts * 8,
            PositionsMax = 64,
            TransfersHeldMax = 2048,
        });
        for (int index = 0; index < accounts; index++)
        {
            desk.Define(AccountAt(index), "binance", MarketFlags.Spot);
        }

        desk.StartSession(1);
        for (int index = 0; index < accounts; index++)
        {
            desk.OpenStream(AccountAt(index), "10000", "0");
        }

        _ = desk.Take();
        return desk;
    }

    private static void Step(Desk desk, TransferTruth truth, Random dice, int step)
    {
        switch (dice.Next(10))
        {
            case < 3:
                Start(desk, dice, step);
                break;
            case < 7:
                truth.Deliver();
                break;
            case < 9:
                desk.NowUnixNanos += dice.NextInt64(3_000_000_000);
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                break;
            case 9 when dice.Next(4) == 0:
                truth.Lose();
                Reconnect(desk, truth, step + 2);
                break;
            default:
                desk.Restart();
                break;
        }

        truth.Listen();
        Audit.Holds(desk.Engine);
    }

    /// <summary>Of a few amounts, so that events may be of several transfers.</summary>
    private static void Start(Desk desk, Random dice, int step)
    {
        (AccountId from, Market fromWallet) = Places[dice.Next(Places.Length)];
        (AccountId to, Market toWallet) = Places[dice.Next(Places.Length)];
        desk.Send(Say.Transfer(
            $"t{step}", from, fromWallet, to, toWallet, dice.Next(3) == 0 ? Desk.Btc : Desk.Usdt,
            dice.Next(1, 4) * Desk.One, desk.NowUnixNanos));
    }

    /// <summary>A new session, whose rounds say what the exchange holds.</summary>
    private static void Reconnect(Desk desk, TransferTruth truth, int session)
    {
        desk.StartSession(session);
        foreach (AccountId account in Accounts)
        {
            desk.Stream(account, session, StreamState.Up);
            long round = desk.LastRound();
            desk.Send(new EvidenceBegin { Header = MessageHeader.For<EvidenceBegin>(account), EvidenceId = round });
            foreach (((AccountId holder, Market wallet, AssetId asset), long amount) in truth.Holdings)
            {
                if (holder == account)
                {
                    desk.Balance(account, asset, amount, 0, round, wallet);
                }
            }

            desk.Complete(account, round, 1);
        }
    }

    private static void Settle(Desk desk, TransferTruth truth)
    {
        truth.IsCalm = true;
        for (int second = 0; second < 600 && desk.Engine.View.LiveTransfers > 0; second++)
        {
            for (int delivery = 0; delivery < 8; delivery++)
            {
                truth.Deliver();
            }

            desk.NowUnixNanos += 1_000_000_000;
            desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
            truth.Listen();
        }

        Assert.Equal(0, desk.Engine.View.LiveTransfers);
        Audit.Holds(desk.Engine);
    }

    /// <summary>What all rows hold, and what is in transit, by asset.</summary>
    private static Int128[] Sums(Desk desk) =>
    [
        .. new[] { Desk.Usdt, Desk.Btc }.Select(asset => desk.Tables.Balances
            .Where(row => row.Key.Asset == asset)
            .Aggregate(
                Int128.Zero,
                (sum, row) => sum + row.Value.Free + row.Value.ReservedAmount + row.Value.InTransit)),
    ];
}
