using System.Text.Json.Serialization;
using Oms.Bench.Engine;

namespace Oms.Bench;

/// <summary>What the benchmarks print with <c>--json</c>. The names are a contract with scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EngineResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
