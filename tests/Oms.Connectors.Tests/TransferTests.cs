using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Connectors.Tests;

/// <summary>Transfers of a family, as its main account asks for them.</summary>
public sealed class TransferTests
{
    private const long Ten = 10_00000000;

    [Fact]
    public async Task Money_moves_and_both_streams_and_history_say_so()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId main = deployment.Account("main");
        AccountId arbitrage = deployment.Account("sub_spot_arb");
        AccountId maker = deployment.Account("sub_market_making");
        await Know(fastPath, arbitrage, maker);

        (AccountId From, AccountId To)[] ways = [(main, arbitrage), (arbitrage, main), (arbitrage, maker)];
        foreach ((AccountId from, AccountId to) in ways)
        {
            TransferId id = fastPath.Transfer(from, to, Ten);
            await fastPath.Until(() => fastPath.Seen(id).Any(seen => seen.Evidence == TransferEvidence.Accepted)
                && Moved(fastPath, from, -Ten) && Moved(fastPath, to, Ten));
            fastPath.Resolve(from, id);
            await fastPath.Until(() => fastPath.Seen(id).Any(
                seen => seen is { Evidence: TransferEvidence.Done, ExchangeTransferId: > 0 }));
        }

        TransferId tooMuch = fastPath.Transfer(main, arbitrage, 100_000 * Ten);
        await fastPath.Until(() => fastPath.All<TransferRefused>().Any());
        TransferRefused refused = fastPath.All<TransferRefused>().Single();
        Assert.Equal(
            (tooMuch, RejectReason.ExchangeInsufficientBalance, -9000),
            (refused.TransferId, refused.Reason, refused.ExchangeErrorCode));
    }

    [Fact]
    public async Task Lost_answers_are_unknown_then_resolved_and_an_id_moves_money_once()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId main = deployment.Account("main");
        AccountId maker = deployment.Account("sub_market_making");
        await Know(fastPath, maker);

        await deployment.Fault("timeout_after_accept", 1);
        TransferId lost = fastPath.Transfer(main, maker, Ten);
        await fastPath.Until(() => fastPath.All<TransferOutcomeUnknown>().Any(each => each.TransferId == lost));
        fastPath.Resolve(main, lost);
        await fastPath.Until(() => fastPath.Seen(lost).Any(seen => seen.Evidence == TransferEvidence.Done));

        await deployment.Fault("http_503_before_accept", 1);
        TransferId never = fastPath.Transfer(main, maker, Ten);
        await fastPath.Until(() => fastPath.All<TransferOutcomeUnknown>().Any(each => each.TransferId == never));
        fastPath.Resolve(main, never);
        await fastPath.Until(() => fastPath.All<TransferAbsent>().Any(absent => absent.TransferId == never));
        fastPath.Submit(never, main, maker, Ten);
        await fastPath.Until(() => fastPath.Seen(never).Any());

        await deployment.Fault("duplicate", 1);
        TransferId twice = fastPath.Transfer(main, maker, Ten);
        await fastPath.Until(() => fastPath.Seen(twice).Any(seen => seen.Evidence == TransferEvidence.Accepted));

        Assert.Equal(
            new[] { lost, never, twice }.Select(id => WireTransferId.Format(id, hop: 1)),
            await deployment.TransferIds());
    }

    /// <summary>An account's number at the exchange is known once it said what it holds.</summary>
    private static async Task Know(FastPathStandIn fastPath, params AccountId[] accounts)
    {
        foreach (AccountId account in accounts)
        {
            long round = fastPath.Gather(account);
            await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        }
    }

    private static bool Moved(FastPathStandIn fastPath, AccountId account, long amount) =>
        fastPath.All<BalanceMoved>().Any(
            moved => moved.Header.AccountId == account && moved.Amount == amount && moved.AssetId == new AssetId(2));
}
