namespace Oms.Gateway.Access;

/// <summary>How calls of an RPC are handled.</summary>
[Flags]
internal enum RpcTraits
{
    None = 0,

    /// <summary>It changes something, or tries: it is written down.</summary>
    Change = 1,

    /// <summary>It makes risk smaller: no rate limit holds it up.</summary>
    Urgent = 2,
}
