using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>An account under a certain key, to be asked something.</summary>
internal sealed record KeyTrial(AccountCredentials Credentials, IExchangeAccount Account);
