using System.Security.Cryptography;
using System.Text;
using Oms.Exchanges;

namespace Oms.Bench.Connector;

/// <summary>Keys that are no secrets.</summary>
internal static class BenchKey
{
    public static SigningKey Of(string apiKey, string secret)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(secret);
        return new(
            apiKey, SigningKind.HmacSha256,
            (message, destination) => HMACSHA256.HashData(bytes, message, destination));
    }
}
