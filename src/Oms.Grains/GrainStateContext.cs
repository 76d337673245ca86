using System.Text.Json.Serialization;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;

namespace Oms.Grains;

/// <summary>Every state that a grain of the OMS stores, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.Strict,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(PositionState))]
internal sealed partial class GrainStateContext : JsonSerializerContext;
