using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>Chooses what moves a market: its recording where there is one, else a random walk.</summary>
internal static class CrowdChoice
{
    private static readonly long BitcoinStart = Amount.Of("60000");
    private static readonly long OtherStart = Amount.Of("2500");

    /// <exception cref="StartException">The recording cannot be read.</exception>
    public static ICrowd For(ListedSymbol symbol, string? recordings, int seed, ILogger logger)
    {
        if (RecordedCrowd.Find(recordings, symbol.Name) is not { } path)
        {
            Log.CrowdChosen(logger, symbol.Name, $"a random walk of seed {seed}");
            return new RandomWalkCrowd(
                seed, symbol, symbol.BaseAsset == "BTC" ? BitcoinStart : OtherStart);
        }

        RecordedCrowd crowd = new(path);
        try
        {
            _ = crowd.Steps().First();
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StartException($"--recordings: {path}: {exception.Message}", StartException.WrongUsage);
        }

        Log.CrowdChosen(logger, symbol.Name, path);
        return crowd;
    }
}
