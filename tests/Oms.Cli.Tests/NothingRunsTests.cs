using Oms.SharedMemory.Regions;

namespace Oms.Cli.Tests;

/// <summary>Commands that look into FastPath's memory, on a data folder where it never ran.</summary>
public sealed class NothingRunsTests : IAsyncLifetime
{
    private readonly TestDeployment _deployment = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Theory]
    [InlineData("FastPath does not run here: there is nothing to halt", "halt")]
    [InlineData("FastPath does not run here: there is nothing to halt", "halt", "--account", "binance/main", "--json")]
    [InlineData("FastPath does not run here: there is nothing to halt", "resume", "--exchange", "binance")]
    [InlineData("FastPath has not run here yet: there is nothing to read", "top", "--count", "1")]
    [InlineData("FastPath has not run here yet: there is nothing to read", "top", "--json")]
    public async Task They_say_so_end_with_1_and_leave_nothing_behind(string message, params string[] arguments)
    {
        Run run = await _deployment.OmsAsync(arguments);

        Assert.Equal((1, "", message), (run.ExitCode, run.Output, run.Errors.Trim()));
        Assert.Null(SharedRegion.Find(_deployment.Data.Path));
    }

    [Theory]
    [InlineData("halt", "--account", "binance/main", "--exchange", "binance")]
    [InlineData("halt", "--account", "binance/main", "--order", "7")]
    [InlineData("halt", "--exchange", "binance", "--order", "7")]
    [InlineData("resume", "--account", "binance/main", "--exchange", "binance")]
    [InlineData("resume", "--order", "7")]
    [InlineData("halt", "--account")]
    [InlineData("halt", "everything")]
    [InlineData("halt", "--account", "main")]
    [InlineData("halt", "--timeout", "soon")]
    [InlineData("top", "--count", "many")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        Run run = await _deployment.OmsAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Errors);
    }
}
