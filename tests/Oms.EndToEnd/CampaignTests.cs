using Oms.EndToEnd.Chaos;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>The short form of <c>./oms chaos</c>, which runs the same for as long as somebody wants.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private static readonly CampaignOptions Short =
        new(TimeSpan.FromMinutes(2), Seed: 20260131, CampaignOptions.AccountsDefault);

    private static readonly OrderStatus[] Endings =
        [OrderStatus.Filled, OrderStatus.Canceled, OrderStatus.Expired, OrderStatus.Rejected];

    [Fact]
    public async Task Fifty_accounts_agree_with_the_exchange_after_every_fault_and_every_death()
    {
        await using var lines = new StringWriter();
        var campaign = new Campaign(Short, lines);
        IReadOnlyList<string> problems = await campaign.RunAsync();
        output.WriteLine(lines.ToString());
        Assert.True(
            problems.Count == 0,
            $"seed {Short.Seed}:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}"
            + $"{Environment.NewLine}{lines}");
        // What never happened was not survived.
        Assert.All(Endings, ending => Assert.True(
            campaign.Statuses.GetValueOrDefault(ending) > 0, $"no order is {ending}"));
        Assert.Equal(["connectors", "fastpath", "gateway", "nats", "silo"], campaign.Killed.Keys.Order());
    }
}
