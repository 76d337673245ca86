using Oms.Domain.Accounts;
using Oms.Domain.Configuration;

namespace Oms.Domain.Tests;

public sealed class DataFolderTests
{
    [Fact]
    public void The_logs_of_an_account_lie_under_the_day()
    {
        var data = new DataFolder("/srv/oms/data");
        Assert.Equal(
            "/srv/oms/data/logs/2026/01/05/binance/binance_main",
            data.AccountLogs(new AccountName("binance", "binance_main"), new DateOnly(2026, 1, 5)));
    }

    [Fact]
    public void The_path_is_made_absolute() =>
        Assert.Equal(
            Path.Combine(Environment.CurrentDirectory, "data", "fastpath", "log"),
            new DataFolder("data").Log);
}
