using Oms.ExchangeSimulator;
using Oms.ExchangeSimulator.Accounts;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;

try
{
    // What it was told, and what it remembers.
    SimulatorOptions options = SimulatorOptions.Parse(args);
    RateLimitSettings limits = new(
        options.WeightPerMinute, new(options.OrdersPer10Seconds, options.OrdersPerDay));
    AccountsFile accounts = AccountsFile.Load(options.AccountsPath, limits.Orders);
    using ExchangeJournal journal = ExchangeJournal.Open(options.DataDirectory);

    // The exchange, and those whom it tells.
    UserStreams userStreams = new();
    MarketStreams marketStreams = new();
    ExchangeState state = new(accounts.Accounts, SpotSymbol.All, journal.FirstId);
    SpotExchange exchange = new(
        state, journal, new EventPublisher(userStreams, marketStreams),
        new CommissionRates(options.CommissionRate, options.CommissionRate), TimeProvider.System);
    exchange.Open(accounts.OpeningBalances);

    // The calls, and the one way to them.
    Faults faults = new();
    RequestCounters counters = new();
    CallDispatch dispatch = new(
        exchange, new Authenticator(accounts.Keys, exchange.NowMs), new WeightBudget(limits.WeightPerMinute),
        faults, counters);
    ApiCall[] calls = [.. new MarketDataCalls(exchange, limits).All(), .. new TradingCalls(exchange).All(),
        .. new AccountCalls(exchange).All()];

    // The wire.
    await using WebApplication app = SimulatorHost.Build(options, exchange, state);
    JudgeEndpoints judge = new(exchange, counters, faults, userStreams);
    _ = app.MapGet("/sim/ready", judge.ReadyAsync);
    _ = app.MapGet("/sim/ledger", judge.LedgerAsync);
    _ = app.MapPost("/sim/faults", judge.AddFaultAsync);
    _ = app.Map("/ws-api/v3", new SocketApi(exchange, dispatch, userStreams, calls).AcceptAsync);
    StreamGateway streams = new(marketStreams);
    _ = app.Map("/ws/{**stream}", streams.AcceptAsync);
    _ = app.Map("/stream", streams.AcceptAsync);
    _ = app.MapFallback(new RestGateway(exchange, dispatch, calls).AnswerAsync);
    await app.StartAsync();
    Console.WriteLine($"listening on {app.Urls.First()}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return exception.ExitCode;
}
catch (IOException exception) when (
    exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"--port: {exception.Message}");
    return StartException.Failed;
}
