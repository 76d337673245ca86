using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;

namespace Oms.Peer;

/// <summary>Somebody who signs with every key of a deployment, and lets go of them when told to.</summary>
internal static class KeysPeer
{
    private const int Signatures = 1000;
    private static bool _isSigned;
    private static bool _isSpinning = true;

    public static async Task<int> Sign(string dataFolder, string account)
    {
        ImmutableArray<AccountConfiguration> accounts =
        [
            new()
            {
                Name = new("binance", account),
                Type = AccountType.Main,
                Markets = MarketFlags.Spot,
                OwnerGroup = account,
                OpeningBalances = FrozenDictionary<string, decimal>.Empty,
            },
        ];
        using (ExchangeKeys keys = await ExchangeKeys.Open(
            new() { Source = KeySource.File }, new(dataFolder), accounts, MarketFlags.Spot,
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None))
        {
            new Thread(() => SignAndSpin(keys)) { IsBackground = true }.Start();
            while (!Volatile.Read(ref _isSigned))
            {
                _ = Thread.Yield();
            }

            Console.WriteLine("signed");
            _ = Console.ReadLine();
            Volatile.Write(ref _isSpinning, false);
        }

        Console.WriteLine("disposed");
        _ = Console.ReadLine();
        return 0;
    }

    /// <summary>
    /// Signs and then calls nothing: what signing left on its stack stays there to be found.
    /// </summary>
    private static void SignAndSpin(ExchangeKeys keys)
    {
        foreach (ExchangeKey key in keys.Accounts.SelectMany(each => each.Keys))
        {
            SignOften(key);
        }

        Volatile.Write(ref _isSigned, true);
        while (Volatile.Read(ref _isSpinning))
        {
        }
    }

    private static void SignOften(ExchangeKey key)
    {
        Span<byte> signature = stackalloc byte[KeyPair.SignatureLengthMax];
        for (int i = 0; i < Signatures; i++)
        {
            _ = key.Sign("symbol=BTCUSDT&side=BUY&timestamp=1499827319559"u8, signature);
        }
    }
}
