using System.Numerics;
using CsCheck;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;

namespace Oms.Engine.Tests;

/// <summary>
/// Futures of one account against plain books in integers without end, over random days in one-way and in
/// hedge mode: average cost, what was realised, fees, funding, margin, what is not realised, and which orders
/// that reduce are taken.
/// </summary>
public sealed class FuturesModelTests
{
    private const long Start = 5_000;

    private static readonly Gen<(int Verb, int First, int Second, int Third)[]> Days = Gen.Select(
        Gen.Int[0, 11], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999]).Array[1, 60];

    [Fact]
    public void Books_equal_the_plain_books_after_every_step() => Gen.Select(Days, Gen.Bool, Gen.Int[0, 4]).Sample(
        (steps, isHedged, leverage) =>
        {
            Desk desk = Open(leverage);
            var day = new FuturesDay(desk, isHedged, Math.Max(1, leverage), Start);
            foreach ((int verb, int first, int second, int third) in steps)
            {
                Explained.Run(desk, () =>
                {
                    day.Step(verb, first, second, third);
                    AssertEqual(desk, day);
                });
            }

            day.EndAll();
            AssertEqual(desk, day);
            Assert.Equal(0, desk.Engine.View.LiveOrders);
            Audit.Holds(desk.Engine);
        },
        iter: 600);

    private static Desk Open(int leverage)
    {
        var desk = new Desk(ordersHeldMax: 200);
        desk.Send(Desk.Filters(Desk.Perp, notionalMin: 0));
        desk.Top(Desk.Perp, 100, 100);
        desk.Mark(Desk.Perp, 100);
        desk.StartSession(1);
        desk.OpenStream(Desk.Delta, Start.ToString(), "0", market: Domain.Instruments.Market.Futures);
        desk.Stream(Desk.Delta, 1, StreamState.Up);
        long round = desk.LastRound();
        desk.Send(new PositionSeen
        {
            Header = MessageHeader.For<PositionSeen>(Desk.Delta),
            InstrumentId = Desk.Perp,
            PositionSide = PositionSide.Both,
            Leverage = (ushort)leverage,
            Quantity = 0,
            EntryNotional = 0,
            EvidenceId = round,
        });
        desk.Complete(Desk.Delta, round, 1);
        _ = desk.Take();
        return desk;
    }

    private static void AssertEqual(Desk desk, FuturesDay day)
    {
        Holding? holding = desk.Engine.State.Holdings.Find(Desk.Delta, Desk.Perp);
        if (holding is null)
        {
            return;
        }

        foreach (Position position in holding.Positions)
        {
            FuturesPosition plain = day.Positions[(int)position.Side];
            Assert.Equal(plain.Trades.Quantity, position.Quantity);
            Assert.Equal(plain.Trades.OpenNotional, position.OpenNotional);
            Assert.Equal(plain.Trades.RealizedPnl, position.RealizedPnl);
            Assert.Equal(plain.Fees, position.QuoteFees);
        }

        Assert.Equal(day.Funding, holding.Positions.Sum(position => position.Funding));
        BalanceRow row = holding.QuoteRow;
        Assert.Equal(day.Total, row.Total);
        Assert.Equal(day.Margin, holding.PositionMargin);
        Assert.Equal(day.Reserved, row.Reserved);
        Assert.Equal(day.Unrealized, (BigInteger)row.Unrealized);
        Assert.Equal(day.Free, row.Free);
        Assert.Equal(0, desk.Engine.View.LedgerSum(Desk.Usdt));
    }
}
