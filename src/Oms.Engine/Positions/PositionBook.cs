using Oms.Domain;
using Oms.Domain.Ids;

namespace Oms.Engine.Positions;

/// <summary>
/// Positions by (account, instrument). Rows are never removed; their order is that of first use.
/// </summary>
internal sealed class PositionBook(int rowsMax)
{
    private readonly List<Position> _rows = [];
    private readonly Dictionary<(AccountId Account, InstrumentId Instrument), int> _byKey = [];

    public int RowsMax { get; set; } = rowsMax;

    public IReadOnlyList<Position> Rows => _rows;

    public Position Row(AccountId account, InstrumentId instrument)
    {
        if (!_byKey.TryGetValue((account, instrument), out int index))
        {
            Invariant.Holds(_rows.Count < RowsMax);
            index = _rows.Count;
            _byKey.Add((account, instrument), index);
            _rows.Add(new(account, instrument));
        }

        return _rows[index];
    }
}
