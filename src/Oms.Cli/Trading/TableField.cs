namespace Oms.Cli.Trading;

/// <summary>A column of a table.</summary>
/// <param name="DropRank">Of those greater than 0 the greatest is left out first where room is short; 0 is
/// always shown.</param>
/// <param name="CanFold">Whether its text may go on in the next line.</param>
internal sealed record TableField(string Name, int DropRank = 0, bool CanFold = false);
