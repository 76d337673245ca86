using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace Oms.Cli.Supervision;

/// <summary>The supervisor's log: JSON lines in <c>logs/processes/supervisor.jsonl</c>, rolling.</summary>
internal static class SupervisorLog
{
    public static ILoggerFactory Open(SystemConfiguration configuration, DataFolder data) => new SerilogLoggerFactory(
        new LoggerConfiguration()
            .ToFiles(data, "supervisor", configuration.Deployment.LogFiles, [], TimeProvider.System)
            .CreateLogger(),
        dispose: true);
}
