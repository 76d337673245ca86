using Oms.Matching;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>What the crowd shows at one price; 0 takes it away.</summary>
internal readonly record struct CrowdLevel(BookSide Side, long Price, long Quantity);
