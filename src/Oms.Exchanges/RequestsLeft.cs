namespace Oms.Exchanges;

/// <summary>What an exchange lets an account send for now.</summary>
/// <param name="Orders">New orders in the window that has fewest left.</param>
/// <param name="Weight">Weight that its source address has left for new orders in this minute.</param>
/// <param name="HeldFor">For how long the exchange takes no new orders; zero for no hold.</param>
public readonly record struct RequestsLeft(long Orders, long Weight, TimeSpan HeldFor);
