using System.Collections.Immutable;
using Oms.Cli.Trading;
using Oms.Keys;
using Spectre.Console;

namespace Oms.Cli.KeyFiles;

/// <summary>Keys as people see them: everything but their two halves.</summary>
internal static class KeyTable
{
    private static readonly ImmutableArray<TableField> Fields =
    [
        new("key id"),
        new("account", CanFold: true),
        new("market"),
        new("kind", DropRank: 2),
        new("priority"),
        new("created", DropRank: 1),
        new("fingerprint"),
    ];

    public static void Write(bool asJson, IReadOnlyCollection<ExchangeKey> keys)
    {
        // What is left out depends on the width: it is known before the table is made.
        TradingOutput.WidenFiles();
        TradingOutput.Write(asJson, keys, KeyJson.Of, KeysJson.Default.KeyJson, Of);
    }

    private static Table Of(IEnumerable<ExchangeKey> keys) => FittedTable.Of(
        Fields,
        [
            .. keys.Select(KeyJson.Of).Select(key => (string[])
            [
                key.KeyId, key.Account, key.Market, key.Kind, $"{key.Priority}", key.Created, key.Fingerprint,
            ]),
        ],
        AnsiConsole.Profile.Width);
}
