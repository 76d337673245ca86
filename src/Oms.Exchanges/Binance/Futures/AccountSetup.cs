using Microsoft.Extensions.Logging;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Sets an account's position mode and leverage as configured, where they are not so already. What the exchange
/// refuses, an account with positions for instance, stays as it is and is named in the log: orders are checked
/// against what evidence says.
/// </summary>
internal sealed class AccountSetup(
    RestClient rest, FuturesAccount evidence, ListingCatalog listings, AccountCredentials account, ILogger logger)
{
    /// <exception cref="IOException">It could not be asked how the account is set.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        if (account.Positions?.IsHedged is { } isHedged)
        {
            await Set(
                "/fapi/v1/positionSide/dual",
                new RequestParameters().Add("dualSidePosition", isHedged ? "true" : "false"),
                $"position mode {(isHedged ? "hedge" : "one-way")}",
                cancellation);
        }

        if (account.Positions is { Leverage: > 0 and int leverage })
        {
            await SetLeverages(leverage, cancellation);
        }
    }

    private async Task SetLeverages(int leverage, CancellationToken cancellation)
    {
        if (await evidence.QuerySettings(cancellation)
            is not Outcome<FuturesAnswer.SymbolSettings[]>.Accepted { Reply: var settings })
        {
            throw new IOException($"{account.Name}: its settings cannot be asked for");
        }

        foreach (InstrumentDefined listing in listings.Listings)
        {
            string symbol = listing.ExchangeSymbol.ToString();
            if (settings.FirstOrDefault(each => each.Symbol == symbol)?.Leverage != leverage)
            {
                await Set(
                    "/fapi/v1/leverage",
                    new RequestParameters().Add("symbol", symbol).Add("leverage", leverage),
                    $"leverage {leverage} of {symbol}",
                    cancellation);
            }
        }
    }

    private async Task Set(
        string path, RequestParameters parameters, string setting, CancellationToken cancellation)
    {
        switch (await rest.Send(
            new(HttpMethod.Post, path, parameters, RequestLane.Query, account), body => body, cancellation))
        {
            case Outcome<byte[]>.Accepted:
                Log.SettingMade(logger, account.Name, setting);
                break;
            case Outcome<byte[]>.Refused { ErrorCode: ErrorTable.PositionModeUnchanged }:
                break;
            case Outcome<byte[]>.Refused { ErrorCode: not 0 } refused:
                Log.SettingRefused(logger, account.Name, setting, refused.ErrorCode, refused.Text);
                break;
            default:
                throw new IOException($"{account.Name}: {setting} cannot be set");
        }
    }
}
