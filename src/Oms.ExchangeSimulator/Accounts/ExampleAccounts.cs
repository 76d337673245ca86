namespace Oms.ExchangeSimulator.Accounts;

/// <summary>
/// Accounts for who brings none: a main account and one of its sub-accounts. Their keys are no secret, and protect
/// nothing: the simulator listens on the loopback alone.
/// </summary>
internal static class ExampleAccounts
{
    private const string FileName = "accounts.json";

    private const string Content = """
        {"accounts":[
          {"name":"main","api_key":"demo-main","secret_key":"demo-main-secret","permissions":["SPOT","FUTURES"],
           "balances":{"USDT":"100000","BTC":"2","ETH":"20"},"futures_balances":{"USDT":"50000"}},
          {"name":"sub","api_key":"demo-sub","secret_key":"demo-sub-secret","permissions":["SPOT","FUTURES"],
           "main":"main","balances":{"USDT":"100000"},"futures_balances":{"USDT":"50000"}}
        ]}
        """;

    /// <summary>Where they are in a data folder: written at first use, and never changed.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public static string PathIn(string dataDirectory)
    {
        string path = Path.Combine(dataDirectory, FileName);
        try
        {
            _ = Directory.CreateDirectory(dataDirectory);
            if (!File.Exists(path))
            {
                File.WriteAllText(path, Content + Environment.NewLine);
            }

            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path}: {exception.Message}", StartException.Failed);
        }
    }
}
