namespace Oms.Engine.Transfers;

/// <summary>What is known of the hop under way.</summary>
[Flags]
internal enum TransferMarks : byte
{
    None = 0,

    /// <summary>The exchange said that it has the request.</summary>
    Acknowledged = 1,

    /// <summary>What became of the request is not known: history is asked.</summary>
    Doubted = 2,

    /// <summary>The exchange did not take the request, for now: it is asked again under the same id.</summary>
    ToAskAgain = 4,

    /// <summary>Its history said that both legs took place; the request is acknowledged by it too.</summary>
    Confirmed = 8,
}
