using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>Keys change, and are refused, while their accounts trade.</summary>
public sealed class KeyTests
{
    private const string Account = "sub_spot_arb";
    private const int LooksPerOrder = 25;

    [Fact]
    public async Task A_new_key_takes_over_once_it_is_proven_and_a_revoked_one_halts_its_account()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);

        // One that the exchange does not know changes nothing.
        deployment.RotateKey(Account, "unknown_key");
        await Until(deployment, account, "the exchange refused");
        // One that it knows takes over, under orders.
        deployment.RotateKey(Account, $"next_{Account}");
        await Until(deployment, account, "signs with");
        await deployment.Revoke($"key_{Account}");
        await PlaceAndCancel(fastPath, account);
        Assert.Empty(fastPath.All<ChangeHalt>());
        Assert.Empty(fastPath.All<OrderRefused>());

        // The last one that it takes is revoked.
        await deployment.Revoke($"next_{Account}");
        OrderId refused = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.001");
        await fastPath.Until(() => fastPath.All<OrderRefused>().Any(each => each.OrderId == refused));
        Assert.Equal(RejectReason.ExchangeKeyRefused, fastPath.All<OrderRefused>().Single().Reason);
        await fastPath.Until(() => fastPath.All<ChangeHalt>().Any());
        ChangeHalt halt = fastPath.All<ChangeHalt>().First();
        Assert.Equal((account, HaltScope.Account, 1, "exchange refuses its keys"), (
            halt.Header.AccountId, halt.Scope, (int)halt.IsHalted, halt.By.ToString()));
    }

    /// <summary>Orders go on being placed until the connector has said something.</summary>
    private static async Task Until(ConnectorDeployment deployment, AccountId account, string said)
    {
        int looks = 0;
        await Eventually.True(
            async () =>
            {
                // Not more orders than the exchange takes.
                if (looks++ % LooksPerOrder == 0)
                {
                    await PlaceAndCancel(deployment.FastPath, account);
                }

                return deployment.Log().Contains(said, StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(60));
    }

    private static async Task PlaceAndCancel(FastPathStandIn fastPath, AccountId account)
    {
        OrderId order = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.001");
        await fastPath.Until(() => fastPath.Seen(order).Any());
        fastPath.Cancel(account, order);
        await fastPath.Until(() => fastPath.Seen(order).Any(seen => seen.Status == ExchangeOrderStatus.Canceled));
    }
}
