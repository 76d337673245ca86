using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Exchanges;

/// <summary>One account: it sends orders, and it answers questions about itself.</summary>
public interface IExchangeAccount : IOrderEntry, IAccountEvidence
{
    /// <summary>What can be asked of one of its markets.</summary>
    ExchangeCapabilities CapabilitiesOf(Market market);

    /// <summary>What can be asked of the market in which an instrument is listed.</summary>
    ExchangeCapabilities CapabilitiesOf(InstrumentId instrument);

    /// <summary>
    /// What its key of a market may do; to be asked where <see cref="ExchangeCapabilities.TellsKeyRights"/>.
    /// </summary>
    Task<Outcome<KeyRights>> QueryKeyRights(Market market, CancellationToken cancellation);

    /// <summary>What the exchange lets it send now in one of its markets.</summary>
    RequestsLeft RequestsLeft(Market market);
}
