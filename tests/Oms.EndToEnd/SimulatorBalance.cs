namespace Oms.EndToEnd;

internal sealed record SimulatorBalance(decimal Free, decimal Locked);
