using CsCheck;

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
}
