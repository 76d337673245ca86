using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>The live tables as they were last written, row by row.</summary>
internal sealed class WrittenRows : ILiveTables
{
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);

    /// <summary>Table and row, and what stands there.</summary>
    public IReadOnlyDictionary<string, string> All => _rows;

    public void Overwrite(string row, string value) => _rows[row] = value;

    public void Write(int row, in BalanceChanged balance) => Overwrite($"balance {row}", balance.ToString());

    public void Write(int row, in PositionChanged position) => Overwrite($"position {row}", position.ToString());

    public void Write(int row, in AccountGateChanged gate) => Overwrite($"gate {row}", gate.ToString());

    public void Write(int row, in HaltChanged halt) => Overwrite($"halt {row}", halt.ToString());
}
