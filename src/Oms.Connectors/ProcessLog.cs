using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace Oms.Connectors;

/// <summary>The log of this process, and of each account that it serves.</summary>
internal static class ProcessLog
{
    public static ILoggerFactory Open(SystemConfiguration configuration, DataFolder data, string role) =>
        new SerilogLoggerFactory(
            new LoggerConfiguration()
                .ToFiles(
                    data, role, configuration.Deployment.LogFiles,
                    configuration.Accounts.Select(account => account.Name), TimeProvider.System)
                .CreateLogger(),
            dispose: true);
}
