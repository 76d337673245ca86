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

        // One that the exchange does not know changes nothing, nor one of another account, nor one that may only ask.
        await deployment.ChangeKey($"next_{Account}", "");
        deployment.RotateKeys(Account, $"next_{Account}", "next_main", "unknown_key");
        await Until(deployment, account, log =>
            log.Split("it is of another account")[1..].Any(
                later => later.Contains("Invalid API-key", StringComparison.Ordinal)));
        Assert.DoesNotContain("signs with", deployment.Log(), StringComparison.Ordinal);

        // One that may take part takes over, under orders; that it is taken from any address is said.
        await deployment.ChangeKey($"next_{Account}", "SPOT", isBound: false);
        deployment.RotateKeys(Account, "another_unknown_key");
        await Until(deployment, account, log => log.Contains("signs with", StringComparison.Ordinal));
        Assert.Contains("it is taken from any address", deployment.Log(), StringComparison.Ordinal);
        await deployment.Revoke($"key_{Account}");
        await PlaceAndCancel(fastPath, account);
        Assert.Empty(fastPath.All<ChangeHalt>());
        Assert.Empty(fastPath.All<OrderRefused>());

        // The last one that it takes is revoked.
        await deployment.Revoke($"next_{Account}");
        await UntilHalted(fastPath, account);
    }

    [Fact]
    public async Task A_key_that_may_too_much_is_not_used_and_one_that_trades_no_more_halts_its_account()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start(
            async prepared =>
            {
                await prepared.ChangeKey($"key_{Account}", "SPOT,WITHDRAWALS");
                await prepared.ChangeKey("key_main", "SPOT,WITHDRAWALS");
            });
        FastPathStandIn fastPath = deployment.FastPath;
        await fastPath.Until(() => fastPath.All<ChangeHalt>().Any());
        Assert.Equal(deployment.Account(Account), fastPath.All<ChangeHalt>().Single().Header.AccountId);

        // They may ask on, and their streams stay: one signs each request, the other its connection.
        foreach (string name in new[] { "main", ConnectorDeployment.Ed25519Account })
        {
            await PlaceAndCancel(fastPath, deployment.Account(name));
            await deployment.ChangeKey($"key_{name}", "");
            await UntilHalted(fastPath, deployment.Account(name));
        }
    }

    /// <summary>An order is refused for its account's key, and the account is halted.</summary>
    private static async Task UntilHalted(FastPathStandIn fastPath, AccountId account)
    {
        OrderId refused = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.001");
        await fastPath.Until(() => fastPath.All<OrderRefused>().Any(each => each.OrderId == refused));
        Assert.Equal(RejectReason.ExchangeKeyRefused, fastPath.All<OrderRefused>().Last().Reason);
        await fastPath.Until(() => fastPath.All<ChangeHalt>().Any(each => each.Header.AccountId == account));
        ChangeHalt halt = fastPath.All<ChangeHalt>().Last(each => each.Header.AccountId == account);
        Assert.Equal((HaltScope.Account, 1, "exchange refuses its keys"), (
            halt.Scope, (int)halt.IsHalted, halt.By.ToString()));
    }

    /// <summary>Orders go on being placed until the connector has said something.</summary>
    private static async Task Until(ConnectorDeployment deployment, AccountId account, Func<string, bool> isSaid)
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

                return isSaid(deployment.Log());
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
