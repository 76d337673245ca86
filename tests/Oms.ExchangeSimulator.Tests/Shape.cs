using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Compares an answer with a documentation sample: the same members, of the same kinds.</summary>
internal static class Shape
{
    /// <param name="index">Which of the samples under the heading.</param>
    /// <param name="member">The part of the sample that is meant; all of it when absent.</param>
    public static void AssertSame(
        string file,
        string heading,
        JsonElement answer,
        int index,
        string? member = null,
        string[]? optional = null)
    {
        using JsonDocument samples = JsonDocument.Parse(
            File.ReadAllBytes(RecordedFiles.Path("payloads", "binance-spot-docs-examples", file)));
        JsonElement sample = samples.RootElement.GetProperty(heading)[index];
        Compare(member is null ? sample : sample.GetProperty(member), answer, heading, optional ?? []);
    }

    /// <param name="file">Of the official client's examples, without its ending.</param>
    public static void AssertSameAsExample(
        string file, string method, JsonElement answer, params string[] optional)
    {
        using JsonDocument samples = JsonDocument.Parse(File.ReadAllBytes(RecordedFiles.Path(
            "payloads", "binance-official-connector-examples",
            $"derivatives-trading-usds-futures.{file}.json")));
        Compare(samples.RootElement.GetProperty(method), answer, method, optional);
    }

    private static void Compare(JsonElement sample, JsonElement answer, string at, string[] optional)
    {
        Assert.True(
            Kind(sample) == Kind(answer), $"{at}: {sample.ValueKind} became {answer.ValueKind}: {answer}");
        bool isArray = sample.ValueKind == JsonValueKind.Array;
        if (isArray && sample.GetArrayLength() > 0 && answer.GetArrayLength() > 0)
        {
            Compare(sample[0], answer[0], at + "[0]", optional);
        }

        if (sample.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string[] expected = [.. Names(sample).Except(optional)];
        Assert.True(
            expected.SequenceEqual(Names(answer).Except(optional)),
            $"{at}: expected {string.Join(' ', expected)} but got {string.Join(' ', Names(answer))}");
        foreach (string name in expected)
        {
            Compare(sample.GetProperty(name), answer.GetProperty(name), $"{at} > {name}", optional);
        }
    }

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static JsonValueKind Kind(JsonElement element) =>
        element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;
}
