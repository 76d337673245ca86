using System.Buffers;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What a call answers: the JSON of its result, or an error.</summary>
internal sealed class ApiAnswer
{
    private ApiAnswer(ReadOnlyMemory<byte> result, ApiError? error) => (Result, Error) = (result, error);

    public ReadOnlyMemory<byte> Result { get; }

    public ApiError? Error { get; }

    public static implicit operator ApiAnswer(ApiError error) => new(default, error);

    public static ApiAnswer Of(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        return new ApiAnswer(buffer.WrittenMemory, null);
    }
}
