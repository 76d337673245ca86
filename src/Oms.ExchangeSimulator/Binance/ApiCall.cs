namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// One call of the API: where it is found on either transport, what it costs, what it does.
/// </summary>
/// <param name="SocketMethod">Null when the WebSocket API does not have it.</param>
internal sealed record ApiCall(
    string Verb,
    string Path,
    string? SocketMethod,
    CallSecurity Security,
    Func<RequestParameters, int> Weight,
    Func<ApiRequest, ApiAnswer> Answer)
{
    /// <summary>Whether it places or cancels: success costs no weight.</summary>
    public bool ChangesOrders { get; init; }

    /// <summary>Of what places or cancels, whether success costs its weight all the same.</summary>
    public bool IsCharged { get; init; }

    /// <summary>Whether it makes orders smaller in place: success costs its weight.</summary>
    public bool AmendsOrders { get; init; }

    /// <summary>Whether it transfers: faults may deliver it twice.</summary>
    public bool MovesMoney { get; init; }

    /// <summary>Whether faults may strike it: whatever leaves something changed.</summary>
    public bool MayBeStruck => ChangesOrders || AmendsOrders || MovesMoney;

    /// <summary>What a key must be allowed to, to trade with it.</summary>
    public string Permission { get; init; } = "SPOT";
}
