namespace Oms.Engine.Tests;

/// <summary>
/// What is held (free + reserved) and gained, line by line. Alpha starts with 1000000 of each asset.
/// </summary>
public sealed class BookingTests
{
    [Theory]
    [InlineData("bought in parts, below the limit", """
        buy a 10                      | Reserved USDT 999000+1000
        trade a stream 1 4 100        | Filled BTC 1000004+0; Filled USDT 999000+600; Position 4 cost 400 pnl 0
        trade a stream 2 6 99         | Filled BTC 1000010+0; Filled USDT 999006+0; Position 10 cost 994 pnl 0
        """)]
    [InlineData("sold what was bought", """
        buy a 10                      | Reserved USDT 999000+1000
        trade a stream 1 10           | Filled BTC 1000010+0; Filled USDT 999000+0; Position 10 cost 1000 pnl 0
        sell b 4 105                  | Reserved BTC 1000006+4
        trade b stream 2 4 105        | Filled BTC 1000006+0; Filled USDT 999420+0; Position 6 cost 600 pnl 20
        """)]
    [InlineData("flipped through zero", """
        buy a 4                       | Reserved USDT 999600+400
        trade a stream 1 4            | Filled BTC 1000004+0; Filled USDT 999600+0; Position 4 cost 400 pnl 0
        sell b 10 105                 | Reserved BTC 999994+10
        trade b stream 2 10 105       | Filled BTC 999994+0; Filled USDT 1000650+0; Position -6 cost -630 pnl 20
        """)]
    [InlineData("canceled after a part: the rest is released", """
        buy a 10                      | Reserved USDT 999000+1000
        trade a stream 1 4            | Filled BTC 1000004+0; Filled USDT 999000+600; Position 4 cost 400 pnl 0
        seen a stream Canceled 4      | Released USDT 999600+0
        """)]
    [InlineData("refused: all is released", """
        sell a 10                     | Reserved BTC 999990+10
        refused a ExchangeRefused     | Released BTC 1000000+0
        """)]
    [InlineData("unknown keeps its reservation until it is proven absent", """
        buy a 10                      | Reserved USDT 999000+1000
        unknown a                     |
        absent a                      | Released USDT 1000000+0
        """)]
    [InlineData("fee in the base asset shrinks what was bought", """
        buy a 10                      | Reserved USDT 999000+1000
        trade a stream 1 10 100 0.01 BTC | Filled BTC 1000009.99+0; Filled USDT 999000+0; Position 9.99 cost 999 pnl 0
        """)]
    [InlineData("fee and rebate in the quote asset", """
        sell a 10                     | Reserved BTC 999990+10
        trade a stream 1 5 100 0.5 USDT | Filled BTC 999990+5; Filled USDT 1000499.5+0; Position -5 cost -500 pnl 0
        trade a stream 2 5 100 -0.1 USDT | Filled BTC 999990+0; Filled USDT 1000999.6+0; Position -10 cost -1000 pnl 0
        """)]
    [InlineData("fee in a third asset", """
        buy a 1                       | Reserved USDT 999900+100
        trade a stream 1 1 100 0.002 BNB | Filled BTC 1000001+0; Filled USDT 999900+0; Filled BNB 999999.998+0; Position 1 cost 100 pnl 0
        """)]
    [InlineData("late fill after the end", """
        buy a 10                      | Reserved USDT 999000+1000
        seen a stream Expired 0       | Released USDT 1000000+0
        trade a stream 1 4            | Filled BTC 1000004+0; Filled USDT 999600+0; Position 4 cost 400 pnl 0
        """)]
    public void Every_movement_is_said(string story, string script)
    {
        Script.Holds(Desk.Trading(), story, script, Script.IsOfMoney);
    }
}
