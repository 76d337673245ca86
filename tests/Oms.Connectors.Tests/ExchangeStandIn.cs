using System.Collections.Immutable;
using Oms.Exchanges;

namespace Oms.Connectors.Tests;

/// <summary>An exchange with one account, and nothing else.</summary>
internal sealed class ExchangeStandIn(IExchangeAccount account) : IExchange
{
    public IInstruments Instruments => throw new NotSupportedException();

    public IBooks Books => throw new NotSupportedException();

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials) => account;

    public void Know(AccountCredentials account)
    {
    }

    public ITransfers? OpenTransfers(AccountCredentials main) => null;

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
