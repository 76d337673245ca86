using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Connectors;

/// <summary>An order that is only tested, so that a key shows whether it may trade.</summary>
internal sealed record SampleOrder(InstrumentId Instrument, OrderTerms Terms);
