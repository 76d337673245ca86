using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>Which lane is whose.</summary>
internal static class RequestLanes
{
    public static RequestLane Of(in SubmitCancel cancel) =>
        cancel.Halt != CancelHalt.None ? RequestLane.Halt : RequestLane.Cancel;
}
