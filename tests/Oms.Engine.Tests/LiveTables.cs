using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>The live tables as a reader sees them, and which reservations changed.</summary>
internal sealed class LiveTables : ILiveTables
{
    private readonly List<BalanceChanged> _written = [];

    public Dictionary<(AccountId Account, Market Wallet, AssetId Asset), BalanceChanged> Balances { get; } = [];

    /// <summary>Every row as it was last written.</summary>
    public WrittenRows Written { get; } = new();

    public Dictionary<int, PositionChanged> Positions { get; } = [];

    public Dictionary<int, AccountGateChanged> Gates { get; } = [];

    public Dictionary<int, HaltChanged> Halts { get; } = [];

    /// <summary>
    /// Balances in which only the reserved part moved, which is no event: the row, and whether it grew.
    /// </summary>
    public List<(BalanceChanged Row, bool IsMore)> Reservations { get; } = [];

    /// <summary>Takes over what changed with an input.</summary>
    public void Follow(Engine engine, IEnumerable<byte[]> said)
    {
        engine.View.PublishChanges(this);
        (AccountId, Market, AssetId)[] told =
        [
            .. said.Where(message => MessageBytes.Header(message).Kind == MessageKind.BalanceChanged)
                .Select(message => KeyOf(MessageBytes.As<BalanceChanged>(message))),
        ];
        foreach (BalanceChanged row in _written)
        {
            long before = Balances.GetValueOrDefault(KeyOf(row)).ReservedAmount;
            if (row.ReservedAmount != before && !told.Contains(KeyOf(row)))
            {
                Reservations.Add((row, row.ReservedAmount > before));
            }

            Balances[KeyOf(row)] = row;
        }

        _written.Clear();
    }

    public void Write(int row, in BalanceChanged balance)
    {
        _written.Add(balance);
        Written.Write(row, in balance);
    }

    public void Write(int row, in PositionChanged position)
    {
        Positions[row] = position;
        Written.Write(row, in position);
    }

    public void Write(int row, in AccountGateChanged gate)
    {
        Gates[row] = gate;
        Written.Write(row, in gate);
    }

    public void Write(int row, in HaltChanged halt)
    {
        Halts[row] = halt;
        Written.Write(row, in halt);
    }

    private static (AccountId Account, Market Wallet, AssetId Asset) KeyOf(BalanceChanged row) =>
        (row.Header.AccountId, row.Wallet, row.AssetId);
}
