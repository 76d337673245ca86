namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How often a depth stream publishes.</summary>
internal enum DepthSpeed : byte
{
    Every100Ms,
    Every1000Ms,
}
