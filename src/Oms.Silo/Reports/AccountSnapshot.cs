using Oms.Grains.Accounts;
using Oms.Grains.Positions;

namespace Oms.Silo.Reports;

/// <summary>
/// An account as its grains knew it at the beginning of an hour, or as soon after it as they could be asked.
/// </summary>
internal sealed record AccountSnapshot(DateTimeOffset Time, AccountView Account, PositionsView Positions);
