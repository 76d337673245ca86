using System.Collections.Immutable;

namespace Oms.Grains.Portfolio;

/// <summary>
/// The consolidated view over all accounts and exchanges. One grain, <see cref="Key"/>. It keeps nothing of its own but
/// whose portfolio it is: each view asks the accounts' grains and the market, and says of when both are.
/// </summary>
[Alias("Oms.Grains.IPortfolioGrain")]
public interface IPortfolioGrain : IGrainWithStringKey
{
    const string Key = "firm";

    /// <summary>Says which accounts there are; those that there were stay, with what they have.</summary>
    /// <param name="accounts"><c>exchange/account</c>.</param>
    [Alias("Configure")]
    Task Configure(ImmutableArray<string> accounts);

    /// <param name="currency">An asset that can be had for others, such as <c>USDT</c>.</param>
    /// <param name="accounts">Only these of the accounts; empty for all.</param>
    [Alias("GetView")]
    Task<PortfolioView> GetView(string currency, ImmutableArray<string> accounts);
}
