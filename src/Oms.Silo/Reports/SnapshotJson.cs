using System.Text.Json.Serialization;

namespace Oms.Silo.Reports;

/// <summary>Snapshots as JSON: snake case, members of enumerations by name, nothing for what has no value.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AccountSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
