using System.Globalization;
using System.Text;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Grains.Positions;
using Oms.Journal;

namespace Oms.Silo.Reports;

/// <summary>
/// What an account's days of a month brought, as a table: <c>reports/2024/01/{exchange}/{account}/pnl.csv</c>. The file
/// is there whole or not at all; it is written anew while its month goes on.
/// </summary>
internal static class PnlFile
{
    public const string Header =
        "date,market,symbol,position_side,realized_pnl,fifo_realized_pnl,quote_fees,base_fees,other_fees,funding,"
        + "turnover,fills,closing_quantity";

    public static string PathOf(DataFolder data, AccountName account, DateOnly month) =>
        Path.Combine(data.AccountReports(account, month), "pnl.csv");

    /// <summary>Writes the file of each month of which the view has all days.</summary>
    public static void Write(DataFolder data, AccountName account, PositionsView view)
    {
        foreach (IGrouping<DateOnly, DayView> month in view.Days
            .GroupBy(day => new DateOnly(day.Day.Year, day.Day.Month, 1)))
        {
            if (IsComplete(view, month.Key))
            {
                DurableFile.Replace(PathOf(data, account, month.Key), Encoding.UTF8.GetBytes(TextOf(month)));
            }
        }
    }

    /// <summary>A month of which days were dropped keeps the file that it has.</summary>
    private static bool IsComplete(PositionsView view, DateOnly month) =>
        month > view.Days.Max(day => day.Day).AddDays(-PositionDays.Kept);

    private static string TextOf(IEnumerable<DayView> days)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (DayView day in days.Reverse())
        {
            string otherFees = string.Join(' ', day.OtherFees.Select(fee => $"{Text(fee.Value)} {fee.Key}"));
            _ = text.AppendJoin(
                ',',
                day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                day.Market == Market.Spot ? "spot" : "futures",
                day.Symbol,
                SideOf(day.PositionSide),
                Text(day.RealizedPnl),
                Text(day.FifoRealizedPnl),
                Text(day.QuoteFees),
                Text(day.BaseFees),
                otherFees,
                Text(day.Funding),
                Text(day.Turnover),
                day.FillCount.ToString(CultureInfo.InvariantCulture),
                Text(day.ClosingQuantity)).Append('\n');
        }

        return text.ToString();
    }

    private static string SideOf(PositionSide side) => side switch
    {
        PositionSide.Both => "net",
        PositionSide.Long => "long",
        PositionSide.Short => "short",
    };

    /// <summary>Without zeros at the end.</summary>
    private static string Text(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}
