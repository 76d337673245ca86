using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Numbers;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>What a connector shows of its books.</summary>
public sealed class BookTests
{
    [Fact]
    public async Task Books_stand_in_shared_memory_as_the_exchange_has_them_and_not_beyond_their_connector()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        using var books = new BookTables(deployment.FastPath.Region, TimeProvider.System);
        await Agrees(deployment, books, FastPathStandIn.Bitcoin, "api/v3/depth", priceDecimals: 2);
        await Agrees(deployment, books, FastPathStandIn.Perpetual, "fapi/v1/depth", priceDecimals: 1);

        await deployment.Connector.KillAsync();
        using var later = new BookTables(
            deployment.FastPath.Region, new FakeTimeProvider(DateTimeOffset.UtcNow + BookTables.AgeMax));
        Assert.Null(later.Of(FastPathStandIn.Bitcoin));
    }

    /// <summary>The market moves: what is shown must be what the exchange said at some moment.</summary>
    private static async Task Agrees(
        ConnectorDeployment deployment, BookTables books, InstrumentId instrument, string path, int priceDecimals)
    {
        const int Levels = 20;
        var said = new HashSet<string>();
        await Eventually.True(async () =>
        {
            using JsonDocument depth = JsonDocument.Parse(
                await deployment.Get($"{path}?symbol=BTCUSDT&limit={Levels}"));
            _ = said.Add(Text(depth.RootElement.GetProperty("bids")) + Text(depth.RootElement.GetProperty("asks")));
            return books.Of(instrument) is { } row && row.Bids.Length == Levels
                && said.Contains(Text(row.Bids, priceDecimals) + Text(row.Asks, priceDecimals));
        });
    }

    private static string Text(JsonElement levels) => string.Concat(levels.EnumerateArray().Select(level =>
        $"{decimal.Parse(level[0].GetString()!):0.########} {decimal.Parse(level[1].GetString()!):0.########};"));

    private static string Text(ReadOnlySpan<BookLevel> levels, int priceDecimals) => string.Concat(
        levels.ToArray().Select(level =>
            $"{DecimalText.FormatShort(level.Price, priceDecimals)} "
            + $"{DecimalText.FormatShort(level.Quantity, BookLevel.QuantityDecimals)};"));
}
