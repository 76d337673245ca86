using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>The JSON of recordings; the exchange adds members, and they are skipped.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(RecordedMessage))]
internal sealed partial class RecordingJson : JsonSerializerContext;
