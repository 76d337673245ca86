using System.Text.Json.Serialization;

namespace Orleans.JetStream.Clustering;

/// <summary>
/// How the table is written. Silos of different versions share it, so unknown members are passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MembershipDocument))]
internal sealed partial class MembershipJson : JsonSerializerContext;
