using System.Text.Json.Serialization;

namespace Oms.Gateway.Health;

/// <summary>How health is told to machines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthVerdict))]
[JsonSerializable(typeof(AccountVerdict))]
internal sealed partial class HealthJson : JsonSerializerContext;
