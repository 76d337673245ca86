using System.Net.Http.Headers;
using System.Net;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Tests.Kit;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class HealthEndpointTests(SharedDeployment shared) : IDisposable
{
    private const string Account = "/health/" + TestMarket.SpotName;

    private readonly TestDeployment _deployment = shared.Deployment;
    private readonly HttpClient _http = shared.Deployment.Http();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Live_and_ready_need_no_token_and_ready_follows_fastpath()
    {
        Assert.Equal((HttpStatusCode.OK, "healthy", ""), await Ask("/health/live"));
        Assert.Equal((HttpStatusCode.OK, "healthy", ""), await Ask("/health/ready"));

        _deployment.FastPath.IsBeating = false;
        await Eventually.True(
            async () => (await Ask("/health/ready")).Reasons.Contains("fastpath is silent", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Ask("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask("/health/live")).Status);
        await _deployment.HearFastPath();
    }

    [Fact]
    public async Task An_account_is_shown_to_who_may_read_it()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(Account, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(Account, TestDeployment.NobodyToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await Get("/health/" + TestMarket.MainName, TestDeployment.SpotReaderToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await Get("/health/binance/none", TestDeployment.OperatorToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await Get(Account, TestDeployment.SpotReaderToken)).StatusCode);
    }

    [Fact]
    public async Task An_account_is_as_healthy_as_its_evidence()
    {
        await using TestDeployment own = await TestDeployment.Started();
        using HttpClient http = own.Http();
        (HttpStatusCode status, string word, string reasons) = await Ask(Account, http);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (status, word));
        Assert.Contains("no connector was ever heard", reasons);
        Assert.Contains("no price of the exchange was seen", reasons);

        using var connector = HealthFile.Open(own.Region, "connectors", "");
        connector.Say(ProcessState.Ready, "");
        WriteTop(own, DateTimeOffset.UtcNow);
        Assert.Equal((HttpStatusCode.OK, "healthy", ""), await Ask(Account, http));

        WriteTop(own, DateTimeOffset.UtcNow.AddHours(-1));
        (status, word, reasons) = await Ask(Account, http);
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, word));
        Assert.Contains("the newest price is", reasons);

        WriteTop(own, DateTimeOffset.UtcNow);
        WriteBudget(own, ordersLeft: 0);
        Assert.Equal(
            (HttpStatusCode.OK, "degraded", "spot: no order is left in the exchange's window"),
            await Ask(Account, http));
        WriteBudget(own, ordersLeft: 1);
        Assert.Equal((HttpStatusCode.OK, "healthy", ""), await Ask(Account, http));

        own.FastPath.Emit(
            TestMarket.Report(TestMarket.Spot, own.FastPath.NextOrderId(), "lost") with
            {
                Status = OrderStatus.Unknown, ExecutionType = ExecutionType.Unknown,
            });
        await Eventually.True(async () =>
            (await Ask(Account, http)).Reasons.Contains("the outcome of 1 orders", StringComparison.Ordinal));

        AccountGateChanged gate = TestMarket.Gate(TestMarket.Spot, AccountGate.Disconnected) with
        {
            Reason = GateReason.StreamDown,
        };
        own.FastPath.Gates.Write(1, in gate);
        (status, word, reasons) = await Ask(Account, http);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (status, word));
        Assert.Contains("the account is disconnected: stream_down", reasons);
    }

    private static void WriteBudget(TestDeployment deployment, long ordersLeft)
    {
        var row = new RequestBudgetRow
        {
            OrdersLeft = ordersLeft, WeightLeft = 1, HeldUntilUnixNanos = 0, UnixNanos = 1,
        };
        deployment.FastPath.Budgets.Write(RequestBudgets.RowOf(TestMarket.Spot, Market.Spot), in row);
    }

    private static void WriteTop(TestDeployment deployment, DateTimeOffset time)
    {
        var top = new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>() with { UnixNanos = UnixNanos.Of(time).Value },
            InstrumentId = TestMarket.BtcUsdt,
            BidPrice = 5_000_000,
            BidQuantity = 1,
            AskPrice = 5_000_100,
            AskQuantity = 1,
            ExchangeUnixNanos = UnixNanos.Of(time).Value,
        };
        deployment.FastPath.Tops.Write(0, in top);
    }

    private async Task<(HttpStatusCode Status, string Word, string Reasons)> Ask(
        string path, HttpClient? http = null)
    {
        using HttpResponseMessage response = await Get(path, TestDeployment.OperatorToken, http);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (
            response.StatusCode,
            json.RootElement.GetProperty("status").GetString()!,
            string.Join("; ", json.RootElement.GetProperty("reasons").EnumerateArray()));
    }

    private Task<HttpResponseMessage> Get(string path, string? token, HttpClient? http = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return (http ?? _http).SendAsync(request);
    }
}
