using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Gateway.Tests;

public sealed partial class MetricsTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private static readonly string Deploy = Path.Combine(AppContext.BaseDirectory, "deploy");

    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task What_happened_is_counted_per_account_and_by_reason()
    {
        await using TestDeployment own = await TestDeployment.Started();
        V1.OrderService.OrderServiceClient orders = own.Orders();
        _ = await orders.PlaceOrderAsync(PlaceOrderTests.Limit("counted"));
        _ = await orders.PlaceOrderAsync(PlaceOrderTests.Limit("reject-counted"));
        var budget = new RequestBudgetRow { OrdersLeft = 96, WeightLeft = 5990, HeldUntilUnixNanos = 0, UnixNanos = 1 };
        own.FastPath.Budgets.Write(RequestBudgets.RowOf(TestMarket.Spot, Market.Spot), in budget);
        using CounterBoard counters = Counted(own);
        string text = await Scrape(own, TestDeployment.OperatorToken);

        string labels = "account=\"binance/sub_spot_arb\",exchange=\"binance\"";
        Assert.Equal("1", ValueOf(text, $"oms_orders_total{{{labels}}}"));
        Assert.Equal("1", ValueOf(text, $"oms_rejects_total{{{labels},reason=\"insufficient_balance\"}}"));
        Assert.Equal("1", ValueOf(text, $"oms_open_orders{{{labels}}}"));
        Assert.Equal("1", ValueOf(text, $"oms_account_ready{{{labels}}}"));
        Assert.Equal("96", ValueOf(text, $"oms_orders_left{{{labels},market=\"spot\"}}"));
        Assert.Equal("5990", ValueOf(text, $"oms_request_weight_left{{{labels},market=\"spot\"}}"));
        Assert.Equal("12.5", ValueOf(
            text, $"oms_balance{{{labels},asset=\"USDT\",wallet=\"spot\",kind=\"free\"}}"));
        Assert.Equal("2", ValueOf(text, "oms_stage_duration_bucket_total{stage=\"decide\",le=\"0.000001\"}"));
        Assert.Equal("3", ValueOf(text, "oms_stage_duration_bucket_total{stage=\"decide\",le=\"+Inf\"}"));
        Assert.Equal("7", ValueOf(text, "oms_fastpath_state{kind=\"live_orders\"}"));
        Assert.Contains("oms_ring_lag_bytes{ring=\"commands.gateway-0\"}", text);
    }

    [Fact]
    public async Task Only_who_may_read_everything_may_scrape()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(TestDeployment.SpotReaderToken));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(TestDeployment.OperatorToken));
    }

    [Fact]
    public async Task Rules_and_dashboard_speak_of_metrics_that_there_are()
    {
        _ = await _deployment.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("reject-1"));
        using CounterBoard counters = Counted(_deployment);
        string scraped = "";
        // What was scraped a moment ago is told again.
        await Eventually.True(async () => (scraped = await Scrape(_deployment, TestDeployment.OperatorToken))
            .Contains("oms_rejects_total", StringComparison.Ordinal));
        string rules = await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus", "recording.rules.yml"));
        string alerts = await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus", "alerts.rules.yml"));
        string dashboard = await File.ReadAllTextAsync(Path.Combine(Deploy, "grafana", "cryptooms.json"));
        HashSet<string> known =
        [
            .. SampleName().Matches(scraped).Select(match => match.Value),
            .. RecordedName().Matches(rules).Select(match => match.Groups[1].Value),
        ];

        string[] asked =
        [
            .. AskedName().Matches(rules + alerts + dashboard).Select(match => match.Value).Distinct(),
        ];
        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(known));
    }

    [Fact]
    public async Task Prometheus_takes_the_rules_and_the_scrape()
    {
        using var folder = new TemporaryFolder();
        string promtool = await Promtool(folder.Path);
        string[] rules = [.. Directory.EnumerateFiles(Path.Combine(Deploy, "prometheus"), "*.rules.yml")];
        Assert.Equal(2, rules.Length);
        (int code, string output) = await Run(promtool, ["check", "rules", .. rules], null);
        Assert.True(code == 0, output);
        using CounterBoard counters = Counted(_deployment);
        (code, output) = await Run(
            promtool, ["check", "metrics"], await Scrape(_deployment, TestDeployment.OperatorToken));
        // Exit code 3 is advice about names; 1 is text that cannot be read.
        Assert.True(code is 0 or 3, output);
    }

    /// <summary>The distribution's, installed or taken out of its package.</summary>
    private static async Task<string> Promtool(string folder)
    {
        if (File.Exists("/usr/bin/promtool"))
        {
            return "/usr/bin/promtool";
        }

        (int code, string output) = await Run(
            "bash", ["-c", $"cd '{folder}' && apt-get download -q prometheus && dpkg -x prometheus_*.deb ."], null);
        Assert.True(code == 0, output);
        return Path.Combine(folder, "usr", "bin", "promtool");
    }

    private static async Task<(int Code, string Output)> Run(string program, string[] arguments, string? input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Of the sample with this name and these labels, in whatever order they are written.</summary>
    private static string ValueOf(string text, string sample)
    {
        string? line = text.Split('\n').FirstOrDefault(
            line => line.Contains("} ", StringComparison.Ordinal) && KeyOf(line) == KeyOf(sample));
        Assert.True(line is not null, $"{sample} is not among\n{text}");
        return line[(line.LastIndexOf("} ", StringComparison.Ordinal) + 2)..].Split(' ')[0];
    }

    private static string KeyOf(string sample) =>
        $"{sample.Split('{')[0]} {string.Join(' ', Label().Matches(sample).Select(label => label.Value).Order())}";

    [GeneratedRegex("\\w+=\"[^\"]*\"")]
    private static partial Regex Label();

    private static CounterBoard Counted(TestDeployment deployment)
    {
        var counters = CounterBoard.Open(deployment.Region, "fastpath");
        counters.Set(Counter.LiveOrders, 7);
        counters.Count(LatencyStage.Decide, 400);
        counters.Count(LatencyStage.Decide, 800);
        counters.Count(LatencyStage.Decide, 5_000_000);
        var balance = new BalanceChanged
        {
            Header = MessageHeader.For<BalanceChanged>(TestMarket.Spot),
            AssetId = TestMarket.Usdt,
            Wallet = Domain.Instruments.Market.Spot,
            Change = default,
            Free = 1_250_000_000,
            InTransit = 0,
            OrderId = Domain.Ids.OrderId.None,
        };
        deployment.FastPath.Balances.Write(0, in balance);
        var position = new PositionChanged
        {
            Header = MessageHeader.For<PositionChanged>(TestMarket.Spot),
            InstrumentId = TestMarket.BtcUsdt,
            PositionSide = PositionSide.Both,
            Quantity = 0,
            OpenNotional = 0,
            RealizedPnl = 100_000_000,
            QuoteFees = 0,
            BaseFees = 0,
            Funding = 0,
        };
        deployment.FastPath.Positions.Write(0, in position);
        return counters;
    }

    private async Task<HttpStatusCode> StatusOf(string? token)
    {
        using HttpClient http = _deployment.Http(token);
        using HttpResponseMessage response = await http.GetAsync("/metrics");
        return response.StatusCode;
    }

    private static async Task<string> Scrape(TestDeployment deployment, string token)
    {
        using HttpClient http = deployment.Http(token);
        return await http.GetStringAsync("/metrics");
    }

    [GeneratedRegex("^oms_[a-z_0-9]+", RegexOptions.Multiline)]
    private static partial Regex SampleName();

    [GeneratedRegex(@"record: (oms:\S+)")]
    private static partial Regex RecordedName();

    [GeneratedRegex(@"\boms[_:][a-z_0-9:]+")]
    private static partial Regex AskedName();
}
