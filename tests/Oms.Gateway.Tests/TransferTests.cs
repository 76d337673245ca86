using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>Transfers over the API: what is asked goes to FastPath, what it reports is told.</summary>
[Collection<OneGateway>]
public sealed class TransferTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;
    private readonly V1.AccountService.AccountServiceClient _client =
        new(shared.Deployment.Connect(TestDeployment.OperatorToken));

    [Fact]
    public async Task It_is_answered_when_it_is_reserved_and_told_as_it_goes_on()
    {
        V1.Transfer transfer = (await _client.StartTransferAsync(Some("a"))).Transfer;
        Assert.Equal(
            (V1.TransferStatus.Reserved, "a", TestMarket.MainName, TestMarket.SpotName, "USDT", "12.5"),
            (transfer.Status, transfer.ClientTransferId, transfer.FromAccount, transfer.ToAccount, transfer.Asset,
                transfer.Amount));
        Assert.NotEmpty(transfer.TransferId);

        _ = _deployment.FastPath.Emit(new TransferReport
        {
            Header = MessageHeader.For<TransferReport>(TestMarket.Main),
            TransferId = new(long.Parse(transfer.TransferId)),
            ToAccountId = TestMarket.Spot,
            AssetId = TestMarket.Usdt,
            FromWallet = Domain.Instruments.Market.Spot,
            ToWallet = Domain.Instruments.Market.Spot,
            Status = TransferStatus.Completed,
            Step = TransferStep.Credited,
            Leg = 2,
            Hop = 1,
            Reason = RejectReason.None,
            Amount = 12_50000000,
            ClientTransferId = Text32.Of("a"),
            CorrelationId = 0,
            ExchangeTransferId = 77,
            ExchangeErrorCode = 0,
        });
        await Eventually.True(async () =>
            (await GetAsync("a")) is { Status: V1.TransferStatus.Completed, ExchangeTransferId: "77" } told
            && told.CreatedTime == transfer.CreatedTime);

        _ = await _client.StartTransferAsync(Some("b"));
        V1.ListTransfersResponse page = await _client.ListTransfersAsync(new() { PageSize = 1 });
        Assert.Equal("b", Assert.Single(page.Transfers).ClientTransferId);
        page = await _client.ListTransfersAsync(new() { PageSize = 1, PageToken = page.NextPageToken });
        Assert.Equal("a", Assert.Single(page.Transfers).ClientTransferId);
    }

    [Fact]
    public async Task A_refusal_has_its_reason_and_silence_is_of_unknown_outcome()
    {
        V1.Transfer refused = (await _client.StartTransferAsync(Some("reject-1"))).Transfer;
        Assert.Equal(
            (V1.TransferStatus.Rejected, "insufficient_balance", ""),
            (refused.Status, refused.RejectReason, refused.TransferId));
        RpcException silent = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.StartTransferAsync(Some("silent-1"), deadline: DateTime.UtcNow.AddSeconds(1)));
        Assert.Equal(StatusCode.DeadlineExceeded, silent.StatusCode);
        RpcException missing = await Assert.ThrowsAsync<RpcException>(async () => await GetAsync("silent-1"));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("from_account")]
    [InlineData("to_account")]
    [InlineData("asset")]
    [InlineData("amount")]
    [InlineData("to_wallet")]
    [InlineData("client_transfer_id")]
    public async Task A_field_that_cannot_be_one_is_named(string field)
    {
        V1.StartTransferRequest request = Some("a");
        _ = field switch
        {
            "from_account" => request.FromAccount = "binance/nobody",
            "to_account" => request.ToAccount = "nobody",
            "asset" => request.Asset = "XYZ",
            "amount" => request.Amount = "0",
            "to_wallet" => (request.ToWallet = (V1.Market)9).ToString(),
            _ => request.ClientTransferId = new string('x', 33),
        };
        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.StartTransferAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.StartsWith($"{field}: ", failure.Status.Detail, StringComparison.Ordinal);
    }

    internal static V1.StartTransferRequest Some(string id) => new()
    {
        ClientTransferId = id,
        FromAccount = TestMarket.MainName,
        ToAccount = TestMarket.SpotName,
        Asset = "USDT",
        Amount = "12.5",
    };

    private async Task<V1.Transfer> GetAsync(string id) => (await _client.GetTransferAsync(
        new() { Account = TestMarket.MainName, ClientTransferId = id })).Transfer;
}
