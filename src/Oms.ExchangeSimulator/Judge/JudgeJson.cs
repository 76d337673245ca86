using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>The JSON of the judge's requests, strict.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultRequest))]
internal sealed partial class JudgeJson : JsonSerializerContext;
