namespace Oms.Domain.Accounts;

/// <summary>Why an account's gate is where it is.</summary>
public enum GateReason : byte
{
    None = 0,
    ConnectorStarted = 1,
    StreamDown = 2,
    StreamUp = 3,
    EvidenceIncomplete = 4,
    EvidenceComplete = 5,
    ConnectorSilent = 6,
    ConnectorHeard = 7,

    /// <summary>Balances differ from the ledger and a fill under way may be why: asked again.</summary>
    BalancesDiffer = 8,
}
