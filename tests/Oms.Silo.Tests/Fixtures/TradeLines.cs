using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Logging;

namespace Oms.Silo.Tests;

internal static class TradeLines
{
    /// <summary>The sequences of an account's lines over all days, in their order, compressed or not.</summary>
    public static List<long> In(Deployment deployment, AccountName account)
    {
        var sequences = new List<long>();
        string logs = Path.Combine(deployment.Data.Path, "logs");
        foreach (string path in Directory
            .EnumerateFiles(logs, "trades.jsonl*", SearchOption.AllDirectories)
            .Where(path => path.Contains($"/{account}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            string plain = path.EndsWith(CompressedFile.Extension, StringComparison.Ordinal)
                ? path[..^CompressedFile.Extension.Length]
                : path;
            using var reader = new StreamReader(CompressedFile.OpenRead(plain));
            while (reader.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                Assert.Equal(account.ToString(), json.RootElement.GetProperty("account").GetString());
                sequences.Add(json.RootElement.GetProperty("sequence").GetInt64());
            }
        }

        return sequences;
    }
}
