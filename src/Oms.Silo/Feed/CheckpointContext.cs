using System.Text.Json.Serialization;

namespace Oms.Silo.Feed;

/// <summary>The checkpoint as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Checkpoint))]
internal sealed partial class CheckpointContext : JsonSerializerContext;
