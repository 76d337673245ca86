using System.CommandLine;
using System.CommandLine.Invocation;
using Oms.Bench;
using Oms.Bench.Accounts;
using Oms.Bench.Budget;
using Oms.Bench.Connector;
using Oms.Bench.Durability;
using Oms.Bench.Engine;
using Oms.Bench.FastPath;
using Oms.Bench.Gateway;
using Oms.Bench.Grains;
using Oms.Bench.Publish;
using Oms.Bench.Ring;
using Oms.Bench.Risk;
using Oms.Bench.Storage;

var root = new RootCommand("Benchmarks of CryptoOms: what is measured, how, and what is not included.")
{
    EngineCommand.Create(),
    RingCommand.Create(),
    RingPeer.Create(),
    FastPathCommand.Create(),
    RiskCommand.Create(),
    AccountsCommand.Create(),
    DurabilityCommand.Create(),
    GatewayCommand.Create(),
    GrainsCommand.Create(),
    StorageCommand.Create(),
    PublishCommand.Create(),
    ConnectorCommand.Create(),
    BudgetCommand.Create(),
};

ParseResult arguments = root.Parse(args);
if (arguments.Action is ParseErrorAction wrongUsage)
{
    // What is wrong goes to standard error; a script's standard output stays empty.
    wrongUsage.ShowHelp = false;
}

// A deployment that was started is stopped also when the run is interrupted.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
int exitCode = await arguments.InvokeAsync(invocation);
return arguments.Errors.Count > 0 ? ExitCode.WrongUsage : exitCode;
