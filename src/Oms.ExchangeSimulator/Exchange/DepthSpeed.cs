namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How often the changes of a book are published.</summary>
internal enum DepthSpeed : byte
{
    Every100Ms,
    Every250Ms,
    Every500Ms,
    Every1000Ms,
}
