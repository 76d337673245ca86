using Oms.Gateway.Listings;

namespace Oms.Gateway.Dashboard;

/// <summary>A position and what it gained: mantissas at its instrument's base and quote decimals.</summary>
/// <param name="Account">Its name; <c>all</c> where it is consolidated.</param>
/// <param name="Today">Realized since midnight UTC, fees and funding included.</param>
/// <param name="Unrealized">Null without a valid book.</param>
internal sealed record PnlRow(
    string Account,
    KnownInstrument Instrument,
    string Side,
    Int128 Quantity,
    Int128 Realized,
    Int128 Today,
    Int128? Unrealized);
