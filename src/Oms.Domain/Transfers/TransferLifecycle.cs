namespace Oms.Domain.Transfers;

/// <summary>The life of a transfer, as one table: a step that is not in it is impossible.</summary>
public static class TransferLifecycle
{
    /// <summary>The most hops of a transfer: between two futures wallets it passes a spot wallet.</summary>
    public const int HopsMax = 2;

    public static bool IsFinal(TransferStatus status) =>
        status is TransferStatus.Completed or TransferStatus.Rejected or TransferStatus.Stranded;

    /// <param name="isFirstHop">The step is about the first hop.</param>
    /// <param name="isLastHop">The step is about the last hop, which may be the first.</param>
    /// <exception cref="InvariantBrokenException">The step is impossible in this status.</exception>
    public static TransferStatus Next(
        TransferStatus status, TransferStep step, bool isFirstHop, bool isLastHop)
    {
        TransferStatus refused = isFirstHop ? TransferStatus.Rejected : TransferStatus.Stranded;
        TransferStatus arrived = isLastHop ? TransferStatus.Completed : TransferStatus.Reserved;
#pragma warning disable format
        TransferStatus next = (status, step) switch
        {
            (TransferStatus.None,      TransferStep.Accepted)   => TransferStatus.Reserved,
            (TransferStatus.None,      TransferStep.Refused)    => TransferStatus.Rejected,
            (TransferStatus.Reserved,  TransferStep.Debited)    => TransferStatus.InTransit,
            (TransferStatus.Reserved,  TransferStep.Forwarded)  => TransferStatus.Reserved,
            (TransferStatus.Reserved,  TransferStep.Doubted)    => TransferStatus.Reserved,
            (TransferStatus.Reserved,  TransferStep.AskedAgain) => TransferStatus.Reserved,
            (TransferStatus.Reserved,  TransferStep.Refused)    => refused,
            (TransferStatus.InTransit, TransferStep.Credited)   => arrived,
            (TransferStatus.InTransit, TransferStep.Doubted)    => TransferStatus.InTransit,
            (TransferStatus.InTransit, TransferStep.Reversed)   => refused,
            (TransferStatus.Reserved,  TransferStep.Reversed)   => refused,
            (TransferStatus.Completed, TransferStep.Doubted)    => TransferStatus.Completed,
            (TransferStatus.Completed, TransferStep.Reversed)   => refused,
            (_,                        TransferStep.Restated)   => status,
            _                                                   => TransferStatus.None,
        };
#pragma warning restore format
        Invariant.Holds(next != TransferStatus.None);
        return next;
    }
}
