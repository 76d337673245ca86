namespace Oms.Matching.Tests;

/// <summary>What a sink heard, in the words of its book; the naive book speaks them too.</summary>
internal readonly record struct BookEvent(
    BookEvent.Word Kind, long MakerOrderId, long TakerOrderId, long Price, long Quantity, long LeavesQuantity)
{
    public enum Word
    {
        Filled,
        Prevented,

        /// <summary>Quantity is what is shown anew, leaves what is hidden.</summary>
        Replenished,
    }
}
