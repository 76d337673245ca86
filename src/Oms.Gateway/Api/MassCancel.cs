using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Which orders a mass cancel is about, out of its request.</summary>
internal static class MassCancel
{
    /// <exception cref="Grpc.Core.RpcException">The fields contradict each other, or name nothing that is known.
    /// </exception>
    public static CancelOrders Read(V1.CancelOrdersRequest request, ListingNames names)
    {
        if (request.Account.Length > 0 && request.Exchange.Length > 0)
        {
            throw RpcFailures.Invalid("exchange", "is that of the account: give one of them");
        }

        bool isEverything = request.Account.Length == 0 && request.Exchange.Length == 0;
        if (isEverything != request.Everything)
        {
            throw RpcFailures.Invalid("everything", "goes without account and exchange, and must be set then");
        }

        KnownAccount? account = request.Account.Length > 0 ? AccountFilter.Known(names, request.Account) : null;
        if (request.Symbol.Length > 0)
        {
            return Of(CancelScope.Instrument, account, "", InstrumentOf(request, account, names));
        }

        if (account is not null)
        {
            return Of(CancelScope.Account, account, "", InstrumentId.None);
        }

        if (isEverything)
        {
            return Of(CancelScope.All, null, "", InstrumentId.None);
        }

        return names.Accounts.Any(known => known.Exchange == request.Exchange)
            ? Of(CancelScope.Exchange, null, request.Exchange, InstrumentId.None)
            : throw RpcFailures.Invalid("exchange", $"{request.Exchange} is not known");
    }

    private static InstrumentId InstrumentOf(
        V1.CancelOrdersRequest request, KnownAccount? account, ListingNames names)
    {
        FieldCheck.Symbol("symbol", request.Symbol);
        FieldCheck.Enumeration("market", request.Market, isRequired: account is null);
        string exchange = account?.Exchange ?? request.Exchange;
        if (exchange.Length == 0)
        {
            throw RpcFailures.Invalid("symbol", "goes with an account or an exchange");
        }

        Domain.Instruments.Market market = account is null
            ? (Domain.Instruments.Market)request.Market
            : OrderIntake.MarketOf(request.Market, account);
        return names.FindInstrument(exchange, market, request.Symbol)?.Id
            ?? throw RpcFailures.InstrumentNotFound(exchange, request.Symbol);
    }

    private static CancelOrders Of(
        CancelScope scope, KnownAccount? account, string exchange, InstrumentId instrument) => new()
        {
            Header = MessageHeader.For<CancelOrders>(account?.Id ?? AccountId.None),
            Scope = scope,
            InstrumentId = instrument,
            Exchange = Text16.Of(exchange),
            CorrelationId = 0,
        };
}
