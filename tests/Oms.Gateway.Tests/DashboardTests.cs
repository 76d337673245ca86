using Microsoft.Playwright;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>What an operator does on the dashboard, in a real Chromium.</summary>
public sealed class DashboardTests(SharedDeployment shared, SharedBrowser browser)
    : IClassFixture<SharedDeployment>, IClassFixture<SharedBrowser>, IAsyncLifetime
{
    private const float PatienceMs = 60_000;

    private static readonly string[] Pages =
        ["", "accounts", "orders", "fills", "positions", "transfers", "market", "latency", "risk", "system"];

    private readonly List<string> _complaints = [];
    private readonly List<string> _hosts = [];
    private readonly List<IBrowserContext> _contexts = [];
    private readonly TestDeployment _deployment = shared.Deployment;

    public ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_token_opens_every_page_nothing_is_fetched_from_elsewhere_and_nothing_complains()
    {
        IPage page = await NewPage(_deployment, 1280, 800);
        await page.GotoAsync("/orders");
        Assert.EndsWith("/signin", page.Url);
        await page.GetByLabel("Token").FillAsync("a wrong token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known");
        await SignIn(page, TestDeployment.OperatorToken);

        foreach (string path in Pages)
        {
            await page.GotoAsync("/" + path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/signin");
        await page.GotoAsync("/");
        Assert.EndsWith("/signin", page.Url);
        Assert.Empty(_complaints);
        Assert.Equal(["127.0.0.1"], _hosts.Distinct());
    }

    [Fact]
    public async Task An_order_shows_without_reload_is_found_and_canceled()
    {
        await using TestDeployment own = await TestDeployment.Started(ringBytes: 1 << 22);
        IPage page = await NewPage(own, 1280, 800);
        await SignIn(page, TestDeployment.OperatorToken);
        await page.GotoAsync("/orders");
        await Assertions.Expect(page.GetByText("0 orders")).ToBeVisibleAsync();
        _ = await own.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("by-hand"));
        _ = await own.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("another"));
        await Assertions.Expect(page.GetByText("2 orders")).ToBeVisibleAsync();

        await page.GetByLabel("Account, symbol or client order id").FillAsync("by-hand");
        await Assertions.Expect(page.GetByText("1 orders")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel by-hand" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Buy 0.01 BTC/USDT of binance/sub_spot_arb");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The cancel is on its way.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("pending cancel")).ToBeVisibleAsync();
        Assert.Equal(
            OrderStatus.PendingCancel,
            own.FastPath.LastReportOf(TestMarket.Spot, "by-hand").GetValueOrDefault().Status);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task A_symbol_opens_the_book_of_all_exchanges_and_closes_it_again()
    {
        _deployment.FastPath.List(TestMarket.Instrument with
        {
            InstrumentId = new(2), Exchange = Text16.Of("elsewhere"),
        });
        _deployment.FastPath.Show(TestMarket.BtcUsdt, [(5_000_000, 100_000_000)], [(5_000_100, 200_000_000)]);
        IPage page = await NewPage(_deployment, 1280, 800);
        await SignIn(page, TestDeployment.OperatorToken);
        await page.GotoAsync("/market");
        await page.GetByRole(AriaRole.Button, new() { Name = "BTC/USDT" }).ClickAsync();
        ILocator book = page.GetByLabel("Book");
        await Assertions.Expect(book).ToContainTextAsync("50001");
        await Assertions.Expect(book).ToContainTextAsync("Without elsewhere: the book is not known.");
        _deployment.FastPath.Show(new(2), [(5_000_000, 250_000_000)], [(5_000_200, 1)]);
        await Assertions.Expect(book).ToContainTextAsync("3.5");
        await Assertions.Expect(book).ToContainTextAsync("elsewhere 2.5, binance 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "BTC/USDT" }).ClickAsync();
        await Assertions.Expect(book).ToBeHiddenAsync();
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task A_transfer_shows_and_how_it_stands_and_only_to_whom_it_concerns()
    {
        var accounts = new V1.AccountService.AccountServiceClient(_deployment.Connect(TestDeployment.OperatorToken));
        IPage page = await NewPage(_deployment, 1280, 800);
        await SignIn(page, TestDeployment.OperatorToken);
        await page.GotoAsync("/transfers");
        await Assertions.Expect(page.GetByText("No transfer yet.")).ToBeVisibleAsync();
        _ = await accounts.StartTransferAsync(TransferTests.Some("moved"));
        await Assertions.Expect(page.GetByText("1 under way of 1")).ToBeVisibleAsync();
        ILocator row = page.Locator("tbody tr").Filter(new() { HasText = "moved" });
        await Assertions.Expect(row).ToContainTextAsync($"{TestMarket.MainName} spot");
        await Assertions.Expect(row).ToContainTextAsync("12.5");
        await Assertions.Expect(row).ToContainTextAsync("reserved");

        IPage other = await NewPage(_deployment, 1280, 800);
        await SignIn(other, TestDeployment.SpotReaderToken);
        await other.GotoAsync("/transfers");
        await Assertions.Expect(other.GetByText("No transfer yet.")).ToBeVisibleAsync();
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task An_account_is_halted_and_resumed_with_the_keyboard_and_it_is_written_down()
    {
        IPage page = await NewPage(_deployment, 1280, 800);
        await SignIn(page, TestDeployment.OperatorToken);
        await page.GotoAsync("/risk");
        ILocator halt = page.GetByRole(AriaRole.Button, new() { Name = "Halt binance/main" });
        await halt.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("every live order is canceled");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "No" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.Empty(_deployment.FastPath.Others);

        await halt.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Halt" }).ClickAsync();
        await Assertions.Expect(page.GetByText("halted, nothing lives")).ToBeVisibleAsync();
        ChangeHalt command = _deployment.FastPath.Others.OfType<ChangeHalt>().Single();
        Assert.Equal((TestMarket.Main, "operator"), (command.Header.AccountId, command.By.ToString()));

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume binance/main" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(page.GetByText("halted, nothing lives")).ToBeHiddenAsync();
        await Eventually.True(() => AuditText().Contains("\"peer\":\"dashboard\"", StringComparison.Ordinal));
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Who_may_read_one_account_sees_that_one_and_can_do_nothing()
    {
        _ = await _deployment.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("seen"));
        IPage page = await NewPage(_deployment, 1280, 800);
        await SignIn(page, TestDeployment.SpotReaderToken);
        await page.GotoAsync("/accounts");
        await Assertions.Expect(page.GetByText(TestMarket.SpotName)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(TestMarket.MainName)).ToBeHiddenAsync();
        await page.GotoAsync("/orders");
        await Assertions.Expect(page.GetByText("1 orders")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel seen" })).ToBeHiddenAsync();
        await page.GotoAsync("/risk");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Halt" })).ToHaveCountAsync(0);
        await page.GotoAsync("/system");
        await Assertions.Expect(page.GetByText("needs the right to administer")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ten_thousand_orders_fit_a_phone_of_which_only_some_are_drawn()
    {
        await using TestDeployment own = await TestDeployment.Started(ringBytes: 1 << 22);
        for (int order = 0; order < 10_000; order++)
        {
            own.FastPath.Emit(
                TestMarket.Report(TestMarket.Spot, own.FastPath.NextOrderId(), $"many-{order}"));
        }

        IPage page = await NewPage(own, 390, 844);
        await SignIn(page, TestDeployment.OperatorToken);
        await page.GotoAsync("/orders");
        await Assertions.Expect(page.GetByText("10,000 orders")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr").Nth(3)).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 5, 200);
        foreach (string path in Pages)
        {
            await page.GotoAsync("/" + path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            int overflow = await page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"/{path} is {overflow} px too wide");
        }

        Assert.Empty(_complaints);
    }

    private static async Task SignIn(IPage page, string token)
    {
        await page.GotoAsync("/signin");
        await page.GetByLabel("Token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
    }

    private async Task<IPage> NewPage(TestDeployment deployment, int width, int height)
    {
        IBrowserContext context = await browser.Browser.NewContextAsync(new()
        {
            BaseURL = $"https://127.0.0.1:{deployment.Port}",
            IgnoreHTTPSErrors = true,
            ViewportSize = new() { Width = width, Height = height },
        });
        _contexts.Add(context);
        context.SetDefaultTimeout(PatienceMs);
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _hosts.Add(new Uri(request.Url).Host);
        return page;
    }

    private string AuditText()
    {
        using var file = new FileStream(
            Directory.EnumerateFiles(_deployment.Data.Audit).Single(), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
