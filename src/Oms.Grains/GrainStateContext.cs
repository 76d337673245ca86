using System.Text.Json.Serialization;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Positions;
using Oms.Grains.Rebalancing;
using Oms.Grains.Risk;
using Oms.Grains.Strategies;
using Oms.Grains.Transfers;

namespace Oms.Grains;

/// <summary>Every state that a grain of the OMS stores, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.Strict,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(PositionState))]
[JsonSerializable(typeof(PortfolioState))]
[JsonSerializable(typeof(RebalancerState))]
[JsonSerializable(typeof(RiskPolicyState))]
[JsonSerializable(typeof(StrategyState))]
[JsonSerializable(typeof(TransferState))]
internal sealed partial class GrainStateContext : JsonSerializerContext;
