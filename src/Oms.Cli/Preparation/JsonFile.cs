using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Oms.Cli.Preparation;

/// <summary>JSON files of ours: strict when read, private when written.</summary>
internal static class JsonFile
{
    /// <exception cref="FormatException">It does not hold what it should. Shows nothing of it.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type)
                ?? throw new FormatException("it holds nothing");
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                "it is not the JSON that is expected, at " +
                $"line {exception.LineNumber + 1}, {exception.Path ?? "$"}");
        }
    }

    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        PrivateFile.Write(path, JsonSerializer.Serialize(value, type) + "\n");
}
