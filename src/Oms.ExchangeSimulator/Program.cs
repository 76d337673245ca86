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
    RateLimitSettings futuresLimits = RateLimitSettings.Futures;
    AccountsFile accounts = AccountsFile.Load(
        options.AccountsPath ?? ExampleAccounts.PathIn(options.DataDirectory), limits.Orders, futuresLimits.Orders);
    using ExchangeJournal journal = ExchangeJournal.Open(options.DataDirectory);

    // The two markets behind one lock, each with whom it tells and the calls that it takes.
    Lock gate = new();
    Misbehaviour misbehaviour = new(options.Seed);
    RequestCounters counters = new();
    Authenticator authenticator = new(
        accounts.Keys, () => misbehaviour.Skew.Of(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
    SpotVenue spot = new(options, accounts, journal, gate, authenticator, limits, misbehaviour, counters);
    FuturesVenue futures = new(
        options, accounts, journal, gate, spot.State, authenticator, futuresLimits, misbehaviour, counters);
    IReadOnlyList<ApiCall> spotCalls = spot.CallsWith(futures.Exchange);
    journal.Begin(spot.Core.NowMs());

    // What goes wrong on demand.
    FaultDesk desk = new(
        spot.Core, spot.Users, spot.Books, [spot.Socket, futures.Socket], futures.Judge, misbehaviour,
        [.. spotCalls, .. futures.Calls]);
    using ScenarioRun scenario = new(desk, misbehaviour.Faults, counters, TimeProvider.System);
    JudgeEndpoints judge = new(
        spot.Core, futures.Judge, counters, misbehaviour.Faults, desk, scenario, authenticator);

    // The wire.
    await using WebApplication app = SimulatorHost.Build(
        options, spot.Core, futures.Exchange, futures.KeyClock, scenario);
    judge.Map(app);
    futures.Map(app);
    spot.Map(app, spotCalls);
    judge.StartScenario(options.ScenarioPath);
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
