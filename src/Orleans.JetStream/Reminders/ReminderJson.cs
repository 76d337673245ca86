using System.Text.Json.Serialization;

namespace Orleans.JetStream.Reminders;

/// <summary>
/// How a reminder is written. Silos of different versions share it, so unknown members are passed over.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReminderRow))]
internal sealed partial class ReminderJson : JsonSerializerContext;
