using System.Globalization;

namespace Oms.Gateway.Dashboard;

/// <summary>A price of a consolidated book as people read it.</summary>
/// <param name="Exchanges">Who has it; of several, how much each.</param>
/// <param name="SharePercent">Of all that is shown of the side, what is at this price or better: for the eye only.
/// </param>
public sealed record LadderRow(string Price, string Quantity, string Exchanges, double SharePercent)
{
    internal static IReadOnlyList<LadderRow> Of(IReadOnlyList<V1.ConsolidatedLevel> levels)
    {
        double[] quantities =
            [.. levels.Select(level => double.Parse(level.Quantity, CultureInfo.InvariantCulture))];
        double all = Math.Max(quantities.Sum(), double.Epsilon);
        double sum = 0;
        return
        [
            .. levels.Select((level, index) => new LadderRow(
                level.Price, level.Quantity, PartsOf(level), 100 * (sum += quantities[index]) / all)),
        ];
    }

    private static string PartsOf(V1.ConsolidatedLevel level) => level.Parts.Count == 1
        ? level.Parts[0].Exchange
        : string.Join(", ", level.Parts.Select(part => $"{part.Exchange} {part.Quantity}"));
}
