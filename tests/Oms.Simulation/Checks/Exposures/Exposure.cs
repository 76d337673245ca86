namespace Oms.Simulation.Checks.Exposures;

/// <summary>What may come of all that is held and open, at worst.</summary>
/// <param name="Quantity">Of the base asset, in one instrument of one account.</param>
/// <param name="Account">What that account comes to be worth in USDT, in all instruments.</param>
/// <param name="Group">Likewise all accounts of its owner.</param>
/// <param name="Firm">Likewise all accounts; 0 where that is not limited.</param>
/// <param name="Futures">Of <paramref name="Account"/> what is in futures.</param>
/// <param name="Equity">The most that the futures wallet of the account is worth, with what is open.</param>
internal readonly record struct Exposure(
    long Quantity, long Account, long Group, long Firm, long Futures, long Equity);
