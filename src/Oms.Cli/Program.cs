using System.CommandLine;
using System.CommandLine.Invocation;
using Oms.Cli;
using Oms.Cli.Commands;
using Oms.Configuration;
using Oms.Journal;
using Oms.Keys;

var deployment = new DeploymentOptions();
var root = new RootCommand("CryptoOms: an order management system for crypto desks.")
{
    deployment.Configs,
    deployment.Data,
    UpCommand.Create(deployment),
    DownCommand.Create(deployment),
    StatusCommand.Create(deployment),
    TopCommand.Create(deployment),
    OrderCommand.Create(deployment), OrdersCommand.Create(deployment),
    FillsCommand.Create(deployment),
    PositionsCommand.Create(deployment), BalancesCommand.Create(deployment),
    TransferCommand.Create(deployment), TransfersCommand.Create(deployment), RebalanceCommand.Create(deployment),
    AccountsCommand.Create(deployment), PortfolioCommand.Create(deployment), LimitsCommand.Create(deployment),
    ReconcileCommand.Create(deployment),
    WatchCommand.Create(deployment),
    JournalCommand.Create(deployment),
    KeysCommand.Create(deployment), TokensCommand.Create(deployment), AuditCommand.Create(deployment),
    HaltCommand.CreateHalt(deployment), HaltCommand.CreateResume(deployment),
    VerifyLogCommand.Create(deployment),
};

ParseResult arguments = root.Parse(args);
if (arguments.Action is ParseErrorAction wrongUsage)
{
    // What is wrong goes to standard error; a script's standard output stays empty.
    wrongUsage.ShowHelp = false;
    if (MissingArguments.Of(arguments) is { Count: > 0 } missing)
    {
        await Console.Error.WriteLineAsync($"missing: {string.Join(", ", missing)}; see --help");
        return ExitCode.WrongUsage;
    }
}

// Stopping in order outlasts the library's patience with Ctrl-C: what stops things watches signals itself.
var invocation = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
    Output = arguments.Action is ParseErrorAction ? Console.Error : Console.Out,
};
try
{
    int exitCode = await arguments.InvokeAsync(invocation);
    return arguments.Errors.Count > 0 ? ExitCode.WrongUsage : exitCode;
}
catch (Exception exception) when (exception
    is RefusedException or ConfigurationException or KeysException
    or LogDamagedException or LogTruncatedException or IOException or UnauthorizedAccessException or FormatException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCode.Failed;
}
