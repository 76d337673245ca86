using Oms.Domain.Messages;

namespace Oms.Engine;

/// <summary>
/// Where what is live is shown to other processes: a row of each balance, position, gate and halt, written
/// anew when it changed.
/// </summary>
public interface ILiveTables
{
    void Write(int row, in BalanceChanged balance);

    void Write(int row, in PositionChanged position);

    void Write(int row, in AccountGateChanged gate);

    /// <param name="row">0 is the firm; then the accounts by their ids.</param>
    void Write(int row, in HaltChanged halt);
}
