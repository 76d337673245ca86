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
    Faults faults = new();
    RequestCounters counters = new();
    Authenticator authenticator =
        new(accounts.Keys, () => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    SpotVenue spot = new(options, accounts, journal, gate, authenticator, limits, faults, counters);
    FuturesVenue futures = new(
        options, accounts, journal, gate, spot.State, authenticator, futuresLimits, faults, counters);
    journal.Begin(spot.Core.NowMs());

    // The wire.
    await using WebApplication app = SimulatorHost.Build(
        options, spot.Core, futures.Exchange, futures.KeyClock);
    JudgeEndpoints judge = new(spot.Core, futures.Judge, counters, faults, spot.Users);
    _ = app.MapGet("/sim/ready", judge.ReadyAsync);
    _ = app.MapGet("/sim/ledger", judge.LedgerAsync);
    _ = app.MapPost("/sim/faults", judge.AddFaultAsync);
    _ = app.MapPost("/sim/keys/revoke", context =>
    {
        bool isRevoked = authenticator.TryRevoke(context.Request.Query["key"].ToString());
        context.Response.StatusCode = isRevoked ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
    futures.Map(app);
    spot.Map(app, futures.Exchange);
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
