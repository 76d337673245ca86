using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The journal's JSON, strict: what this program did not write, it does not read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalBatch))]
internal sealed partial class JournalJson : JsonSerializerContext;
