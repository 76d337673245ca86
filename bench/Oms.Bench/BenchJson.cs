using System.Text.Json.Serialization;
using Oms.Bench.Accounts;
using Oms.Bench.Budget;
using Oms.Bench.Connector;
using Oms.Bench.Durability;
using Oms.Bench.Engine;
using Oms.Bench.FastPath;
using Oms.Bench.Gateway;
using Oms.Bench.Grains;
using Oms.Bench.Publish;
using Oms.Bench.Ring;
using Oms.Bench.Risk;
using Oms.Bench.Storage;

namespace Oms.Bench;

/// <summary>What the benchmarks print with <c>--json</c>. The names are a contract with scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EngineResult))]
[JsonSerializable(typeof(RingResult))]
[JsonSerializable(typeof(FastPathResult))]
[JsonSerializable(typeof(RiskResult))]
[JsonSerializable(typeof(AccountsResult))]
[JsonSerializable(typeof(DurabilityResult))]
[JsonSerializable(typeof(GatewayResult))]
[JsonSerializable(typeof(GrainsResult))]
[JsonSerializable(typeof(StorageResult))]
[JsonSerializable(typeof(PublishResult))]
[JsonSerializable(typeof(ConnectorResult))]
[JsonSerializable(typeof(BudgetResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
