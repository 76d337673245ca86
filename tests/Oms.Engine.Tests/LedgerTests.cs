using System.Numerics;
using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>The engine's books against the plain ones, to the last digit, over random days.</summary>
public sealed class LedgerTests
{
    private static readonly (AssetId Asset, long Amount)[] Opening =
        [(Desk.Usdt, 3_000 * Desk.One), (Desk.Btc, 5 * Desk.One), (Desk.Bnb, 5 * Desk.One)];

    /// <summary>Account, verb and three numbers.</summary>
    internal static readonly Gen<(int Account, int Verb, int First, int Second, int Third)[]> Days =
        Gen.Select(
            Gen.Int[0, 1], Gen.Int[0, 9], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[1, 80];

    [Fact]
    public void Books_equal_the_plain_books_after_every_step() => Days.Sample(
        steps =>
        {
            Desk desk = OpenDesk();
            AccountDay[] days = [Open(desk, Desk.Alpha), Open(desk, Desk.Bravo)];
            foreach ((int account, int verb, int first, int second, int third) in steps)
            {
                days[account].Step(verb, first, second, third);
                AssertEqual(desk, Desk.Alpha, days[0]);
                AssertEqual(desk, Desk.Bravo, days[1]);
            }

            foreach (AccountDay day in days)
            {
                day.EndAll();
            }

            AssertEqual(desk, Desk.Alpha, days[0]);
            Assert.All(LastBalances(desk, Desk.Alpha).Values, row => Assert.Equal(0, row.ReservedAmount));
            Assert.Equal(0, desk.Engine.View.LiveOrders);
        },
        iter: 400);

    /// <summary>A desk whose two accounts hold the opening amounts; what was said of it is kept.</summary>
    internal static Desk OpenDesk()
    {
        var desk = new Desk();
        desk.Send(Desk.Filters(Desk.BtcUsdt));
        desk.Send(Desk.Filters(Desk.BnbBtc, notionalMin: 0));
        desk.Top(Desk.BtcUsdt, 50_000, 50_000);
        desk.Top(Desk.BnbBtc, 1_000_000, 1_000_000);
        desk.StartSession(1);
        desk.OpenStream(Desk.Alpha, "3000", "5");
        desk.OpenStream(Desk.Bravo, "3000", "5");
        return desk;
    }

    internal static AccountDay Open(Desk desk, AccountId account)
    {
        var day = new AccountDay(desk, account);
        foreach ((AssetId asset, long amount) in Opening)
        {
            day.Totals.Add(asset, amount);
            day.Slack.Add(asset, 0);
        }

        return day;
    }

    private static void AssertEqual(Desk desk, AccountId account, AccountDay day)
    {
        foreach ((AssetId asset, BalanceChanged row) in LastBalances(desk, account))
        {
            BigInteger reserved = day.ReservedOf(asset);
            Assert.Equal(day.Totals[asset], (BigInteger)row.Free + row.ReservedAmount);
            Assert.Equal(reserved, row.ReservedAmount);
            Assert.True(row.ReservedAmount >= 0);
            Assert.True(row.Free >= -day.Slack[asset], $"free {row.Free} of asset {asset}");
        }

        foreach (PositionChanged row in
            Last<PositionChanged, InstrumentId>(desk, account, row => row.InstrumentId).Values)
        {
            DayPosition position = day.Positions[row.InstrumentId];
            Assert.Equal(position.Quantity, row.Quantity);
            Assert.Equal(position.OpenNotional, row.OpenNotional);
            Assert.Equal(position.RealizedPnl, row.RealizedPnl);
            Assert.Equal(position.Paid, (BigInteger)row.OpenNotional - row.RealizedPnl);
        }
    }

    private static Dictionary<AssetId, BalanceChanged> LastBalances(Desk desk, AccountId account) =>
        desk.Tables.Balances.Where(row => row.Key.Account == account)
            .ToDictionary(row => row.Key.Asset, row => row.Value);

    private static Dictionary<TKey, TRow> Last<TRow, TKey>(
        Desk desk, AccountId account, Func<TRow, TKey> keyOf)
        where TRow : unmanaged, IMessage
        where TKey : notnull
    {
        Dictionary<TKey, TRow> rows = [];
        foreach (byte[] said in desk.Output)
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(said);
            if (header.Kind == TRow.Kind && header.AccountId == account)
            {
                TRow row = MessageBytes.As<TRow>(said);
                rows[keyOf(row)] = row;
            }
        }

        return rows;
    }
}
