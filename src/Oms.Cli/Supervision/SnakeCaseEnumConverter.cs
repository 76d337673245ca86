using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Supervision;

/// <summary>Writes the members of an enumeration in lower snake case, and reads nothing else.</summary>
internal sealed class SnakeCaseEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
