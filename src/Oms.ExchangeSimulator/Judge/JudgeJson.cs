using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>The JSON of the judge's requests, strict.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(Scenario))]
internal sealed partial class JudgeJson : JsonSerializerContext
{
    /// <summary>What is wrong with JSON, and where: its message does not always say.</summary>
    public static string Problem(JsonException exception) => exception.Path is { } path
        ? string.Create(CultureInfo.InvariantCulture, $"{path} (line {exception.LineNumber + 1}): {exception.Message}")
        : exception.Message;
}
