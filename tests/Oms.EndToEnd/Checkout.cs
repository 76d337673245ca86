namespace Oms.EndToEnd;

/// <summary>The tree that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built command line, as the script <c>oms</c> runs it.</summary>
    public static string OmsExecutable => Path.Combine(Root, "artifacts", "bin", "Oms.Cli", "release", "oms");

    /// <summary>What a person types.</summary>
    public static string Script => Path.Combine(Root, "oms");

    /// <summary>
    /// Recorded market data beside the checkout; null where there is none and books follow a random walk.
    /// </summary>
    public static string? MarketData
    {
        get
        {
            string folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
            return Environment.GetEnvironmentVariable("OMS_MARKET_DATA") is { Length: > 0 } named
                ? named
                : Directory.Exists(folder) ? folder : null;
        }
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CryptoOms.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"no CryptoOms.sln above {AppContext.BaseDirectory}");
    }
}
