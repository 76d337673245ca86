using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Tells a wallet's moves once that came over a connection and over the one that follows it. They have no id: as often
/// as the first told of a move while the other was coming up, as often the other's word of the same is no news.
/// </summary>
internal sealed class OverlapMoves
{
    private readonly Dictionary<Move, int> _told = [];
    private bool _isOverlapping;

    /// <summary>From now on another connection may hear the same.</summary>
    public void BeginOverlap()
    {
        _told.Clear();
        _isOverlapping = true;
    }

    /// <summary>What is read now is from the connection that followed.</summary>
    public void EndOverlap() => _isOverlapping = false;

    /// <summary>The connection is lost: on the next one nothing of before is heard again.</summary>
    public void Forget()
    {
        _told.Clear();
        _isOverlapping = false;
    }

    /// <summary>False for what the connection before has told; asked once of each move.</summary>
    public bool IsNews(in BalanceMoved moved)
    {
        Move move = Of(in moved);
        if (_isOverlapping || _told.GetValueOrDefault(move) is not (> 0 and int told))
        {
            return true;
        }

        _told[move] = told - 1;
        return false;
    }

    /// <summary>The listener has it: what the next connection says of it is no news.</summary>
    public void NoteTold(in BalanceMoved moved)
    {
        if (_isOverlapping)
        {
            Move move = Of(in moved);
            _told[move] = _told.GetValueOrDefault(move) + 1;
        }
    }

    private static Move Of(in BalanceMoved moved) => new(moved.AssetId, moved.Amount, moved.ExchangeUnixNanos);

    private readonly record struct Move(AssetId Asset, long Amount, long ExchangeUnixNanos);
}
