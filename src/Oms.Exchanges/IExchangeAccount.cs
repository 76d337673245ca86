using Oms.Domain.Instruments;

namespace Oms.Exchanges;

/// <summary>One account: it sends orders, and it answers questions about itself.</summary>
public interface IExchangeAccount : IOrderEntry, IAccountEvidence
{
    /// <summary>What the exchange lets it send now in one of its markets.</summary>
    RequestsLeft RequestsLeft(Market market);
}
