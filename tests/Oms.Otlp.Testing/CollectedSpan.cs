using Google.Protobuf;
using Oms.Otlp.Testing.Wire;

namespace Oms.Otlp.Testing;

/// <summary>A span as it was exported. Ids are lower-case hexadecimal; no parent is an empty one.</summary>
public sealed record CollectedSpan(
    string Service,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    long StartUnixNanos,
    long EndUnixNanos,
    bool IsError,
    IReadOnlyDictionary<string, string> Attributes)
{
    internal static CollectedSpan Of(Span span, Resource resource) => new(
        Texts(resource.Attributes).GetValueOrDefault("service.name", ""),
        Hex(span.TraceId),
        Hex(span.SpanId),
        Hex(span.ParentSpanId),
        span.Name,
        (long)span.StartTimeUnixNano,
        (long)span.EndTimeUnixNano,
        span.Status?.Code == 2,
        Texts(span.Attributes));

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    private static Dictionary<string, string> Texts(IEnumerable<KeyValue> attributes) => attributes.ToDictionary(
        each => each.Key,
        each => each.Value.ValueCase == AnyValue.ValueOneofCase.IntValue
            ? each.Value.IntValue.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : each.Value.StringValue);
}
