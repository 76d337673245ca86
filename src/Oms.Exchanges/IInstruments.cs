using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>What the exchange says of its listings.</summary>
public interface IInstruments
{
    /// <summary>
    /// The constraints on orders of every configured listing; one that the exchange lacks is not tradable.
    /// </summary>
    Task<Outcome<ImmutableArray<InstrumentFilters>>> QueryFilters(CancellationToken cancellation);
}
