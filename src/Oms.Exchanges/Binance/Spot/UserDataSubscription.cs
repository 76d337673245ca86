namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// An account's place on a connection. Written by the receiving side, and by the asking side while wanted.
/// </summary>
internal sealed class UserDataSubscription(AccountCredentials account, long requestId)
{
    private int _state = (int)UserDataSubscriptionState.Wanted;

    public AccountCredentials Account { get; } = account;

    public long RequestId { get; } = requestId;

    /// <summary>The exchange's number of it, while up.</summary>
    public int Id { get; private set; } = UserDataFrame.NoSubscription;

    public UserDataSubscriptionState State => (UserDataSubscriptionState)Volatile.Read(ref _state);

    /// <summary>Monotonic: wanted not before, or asked since.</summary>
    public long Timestamp { get; private set; }

    public void Ask(long now)
    {
        Timestamp = now;
        Volatile.Write(ref _state, (int)UserDataSubscriptionState.Asked);
    }

    public void GoUp(int id)
    {
        Id = id;
        Volatile.Write(ref _state, (int)UserDataSubscriptionState.Up);
    }

    public void WantAgain(long notBefore)
    {
        Id = UserDataFrame.NoSubscription;
        Timestamp = notBefore;
        Volatile.Write(ref _state, (int)UserDataSubscriptionState.Wanted);
    }
}
