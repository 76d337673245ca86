namespace Oms.ExchangeSimulator;

internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Information, "{Symbol} moves with {Source}")]
    public static partial void CrowdChosen(ILogger logger, string symbol, string source);
}
