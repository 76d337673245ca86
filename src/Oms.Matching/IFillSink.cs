namespace Oms.Matching;

/// <summary>
/// Receives fills in the order in which they happen. It must not touch the book it is called from.
/// </summary>
public interface IFillSink
{
    void OnFill(in Fill fill);
}
