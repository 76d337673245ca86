using Oms.Domain.Configuration;
using Oms.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Oms.Gateway;

/// <summary>The log of this process, and of each account.</summary>
internal static class ProcessLog
{
    public const string Role = "gateway";

    public static Logger Create(SystemConfiguration configuration, DataFolder data, LoggingLevelSwitch level) =>
        new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
            .ToFiles(
                data, Role, configuration.Deployment.LogFiles,
                configuration.Accounts.Select(account => account.Name), TimeProvider.System)
            .CreateLogger();
}
