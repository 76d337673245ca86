using System.Text.Json.Serialization;

namespace Oms.Silo.Control;

/// <summary>The request as JSON.</summary>
[JsonSerializable(typeof(TransferRequest))]
internal sealed partial class TransferRequestContext : JsonSerializerContext;
