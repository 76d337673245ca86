using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>What other processes read of the state.</summary>
public sealed class LiveTableTests
{
    [Fact]
    public void What_is_shown_of_changes_is_all_that_there_is() => RandomDay.Steps(60).Sample(
        steps =>
        {
            Desk desk = RandomDay.Open();
            var shown = new WrittenRows();
            desk.Engine.View.PublishAll(shown);
            var day = new RandomDay(desk, RandomDay.AllAccounts);
            foreach ((int, int, int, int, int) step in steps)
            {
                // The desk follows every input with a look at what changed.
                day.Step(step);
            }

            var all = new WrittenRows();
            desk.Engine.View.PublishAll(all);
            foreach ((string row, string value) in desk.Tables.Written.All)
            {
                shown.Overwrite(row, value);
            }

            Assert.Empty(all.All.Except(shown.All));
            Assert.Equal(all.All.Count, shown.All.Count);
        },
        iter: 60);

    [Theory]
    [InlineData("nothing", "resume firm", "Account Resumed None", "Firm Resumed None")]
    [InlineData("its own", "halt account", "Account Confirmed Command", "Firm Resumed None")]
    [InlineData("its exchange's", "halt exchange paper", "Exchange Confirmed Command paper", "Firm Resumed None")]
    [InlineData("another exchange's", "halt exchange binance", "Account Resumed None", "Firm Resumed None")]
    [InlineData("the firm's", "halt firm", "Firm Halted Command", "Firm Halted Command")]
    [InlineData(
        "the nearest of all", "halt firm; halt exchange paper; halt account", "Account Confirmed Command",
        "Firm Halted Command")]
    [InlineData(
        "what is left", "halt firm; halt exchange paper; halt account; resume account; resume exchange paper",
        "Firm Halted Command", "Firm Halted Command")]
    public void Which_halt_stops_an_account(string story, string halts, string ofAccount, string ofFirm)
    {
        Desk desk = Desk.Trading();
        Script.Play(desk, "as papa |\n" + string.Join(" |\n", halts.Split("; ")) + " |", Script.IsOfOrders);
        Assert.True(ofAccount == Told(Desk.Papa), $"{story}: {Told(Desk.Papa)}");
        Assert.True(ofFirm == Told(AccountId.None), $"{story}: {Told(AccountId.None)}");

        string Told(AccountId account)
        {
            HaltChanged row = desk.Tables.Halts[(int)account.Value];
            Assert.Equal(account, row.Header.AccountId);
            return $"{row.Scope} {row.State} {row.Reason} {row.Exchange}".TrimEnd();
        }
    }
}
