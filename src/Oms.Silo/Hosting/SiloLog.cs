using Oms.Domain.Configuration;
using Oms.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Oms.Silo.Hosting;

/// <summary>The log of a silo, and of each account.</summary>
internal static class SiloLog
{
    public static Logger Create(SystemConfiguration configuration, DataFolder data, SiloRole role) =>
        new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            // Each start warns of the garbage collector in use and of a watchdog that has not run yet.
            .MinimumLevel.Override("Orleans.Runtime.Silo", LogEventLevel.Error)
            .MinimumLevel.Override("Orleans.Runtime.Watchdog", LogEventLevel.Error)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .ToFiles(
                data, role.Name, configuration.Deployment.LogFiles,
                configuration.Accounts.Select(account => account.Name), TimeProvider.System)
            .CreateLogger();
}
