using Microsoft.Extensions.Logging;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Sets an account's position mode, margin type and leverage as configured, where they are not so already, and asks
/// afterwards how they are. What the exchange refuses, an account with positions for instance, is named in the log;
/// orders are checked against the leverage that evidence states, and a mode or margin type that is another than
/// configured is told, until it is set right.
/// </summary>
internal sealed class AccountSetup(
    RestClient rest, FuturesAccount evidence, ListingCatalog listings, AccountCredentials account, TimeProvider time,
    ILogger logger)
{
    /// <summary>So often it is looked whether an account that was otherwise still is.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);

    private const string Crossed = "CROSSED";
    private const string Isolated = "ISOLATED";

    private string _difference = "";

    /// <summary>Tells a listener what is not as configured afterwards.</summary>
    /// <exception cref="IOException">It could not be set, or asked for, now.</exception>
    public async Task Run(IExchangeListener listener, CancellationToken cancellation)
    {
        if (account.Positions is not { } wanted)
        {
            return;
        }

        if (wanted.IsHedged is { } isHedged)
        {
            await Set(
                "/fapi/v1/positionSide/dual",
                new RequestParameters().Add("dualSidePosition", isHedged ? "true" : "false"),
                $"position mode {NameOf(isHedged)}", ErrorTable.PositionModeUnchanged, cancellation);
        }

        if (wanted.IsIsolated is not null || wanted.Leverage > 0)
        {
            await SetSymbols(wanted, cancellation);
        }

        await Look(wanted, listener, cancellation);
    }

    /// <summary>Looks again at an account that is otherwise, and sets nothing; tells what it finds.</summary>
    public async Task Watch(IExchangeListener listener, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (account.Positions is not { } wanted || _difference.Length == 0)
            {
                continue;
            }

            try
            {
                await Look(wanted, listener, cancellation);
            }
            catch (IOException)
            {
                // The exchange did not say: what it said last stands.
            }
        }
    }

    private async Task Look(PositionSettings wanted, IExchangeListener listener, CancellationToken cancellation)
    {
        _difference = await DifferenceTo(wanted, cancellation);
        await listener.SettingsSeen(account.Id, _difference, cancellation);
    }

    private async Task SetSymbols(PositionSettings wanted, CancellationToken cancellation)
    {
        Dictionary<string, FuturesAnswer.SymbolSettings> settings = await QuerySettings(cancellation);
        foreach (InstrumentDefined listing in listings.Listings)
        {
            string symbol = listing.ExchangeSymbol.ToString();
            FuturesAnswer.SymbolSettings? now = settings.GetValueOrDefault(symbol);
            if (wanted.IsIsolated is { } isIsolated && now?.MarginType != MarginTypeOf(isIsolated))
            {
                await Set(
                    "/fapi/v1/marginType",
                    new RequestParameters().Add("symbol", symbol).Add("marginType", MarginTypeOf(isIsolated)),
                    $"margin type {MarginTypeOf(isIsolated)} of {symbol}", ErrorTable.MarginTypeUnchanged,
                    cancellation);
            }

            if (wanted.Leverage > 0 && now?.Leverage != wanted.Leverage)
            {
                await Set(
                    "/fapi/v1/leverage",
                    new RequestParameters().Add("symbol", symbol).Add("leverage", wanted.Leverage),
                    $"leverage {wanted.Leverage} of {symbol}", 0, cancellation);
            }
        }
    }

    /// <returns>What is not as configured; empty where all is.</returns>
    private async Task<string> DifferenceTo(PositionSettings wanted, CancellationToken cancellation)
    {
        if (wanted.IsHedged is { } isHedged)
        {
            bool isHedgedNow = await evidence.QueryPositionMode(cancellation)
                is Outcome<FuturesAnswer.PositionMode>.Accepted { Reply: var mode }
                ? mode.DualSidePosition
                : throw new IOException($"{account.Name}: its position mode cannot be asked for");
            if (isHedgedNow != isHedged)
            {
                return $"position mode is {NameOf(isHedgedNow)}, not {NameOf(isHedged)}";
            }
        }

        if (wanted.IsIsolated is { } isIsolated)
        {
            Dictionary<string, FuturesAnswer.SymbolSettings> settings = await QuerySettings(cancellation);
            foreach (InstrumentDefined listing in listings.Listings)
            {
                string symbol = listing.ExchangeSymbol.ToString();
                if (settings.GetValueOrDefault(symbol)?.MarginType is { } now && now != MarginTypeOf(isIsolated))
                {
                    return $"margin type of {symbol} is {now}, not {MarginTypeOf(isIsolated)}";
                }
            }
        }

        return "";
    }

    private async Task<Dictionary<string, FuturesAnswer.SymbolSettings>> QuerySettings(
        CancellationToken cancellation) =>
        await evidence.QuerySettings(cancellation)
            is Outcome<FuturesAnswer.SymbolSettings[]>.Accepted { Reply: var settings }
            ? settings.ToDictionary(each => each.Symbol, StringComparer.Ordinal)
            : throw new IOException($"{account.Name}: its settings cannot be asked for");

    /// <param name="unchangedCode">With which the exchange says that it is so already; 0 for none.</param>
    private async Task Set(
        string path, RequestParameters parameters, string setting, int unchangedCode, CancellationToken cancellation)
    {
        switch (await rest.Send(
            new(HttpMethod.Post, path, parameters, RequestLane.Query, account), body => body, cancellation))
        {
            case Outcome<byte[]>.Accepted:
                Log.SettingMade(logger, account.Name, setting);
                break;
            case Outcome<byte[]>.Refused { IsPassing: false } refused:
                if (refused.ErrorCode != unchangedCode)
                {
                    Log.SettingRefused(logger, account.Name, setting, refused.ErrorCode, refused.Text);
                }

                break;
            default:
                throw new IOException($"{account.Name}: {setting} cannot be set");
        }
    }

    private static string MarginTypeOf(bool isIsolated) => isIsolated ? Isolated : Crossed;

    private static string NameOf(bool isHedged) => isHedged ? "hedge" : "one-way";
}
