using System.Text;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Preparation;

/// <summary>
/// Keys for accounts at the simulator. They open nothing but the simulator; in the key file they stand before
/// whatever else an account has there, which is left alone.
/// </summary>
internal static class SimulatorKeys
{
    /// <summary>Begins every API key that is made here: such a key may be replaced.</summary>
    private const string Mark = "SIMULATOR";

    private const int KeyLength = 64;

    public static string MakeApiKey() => Mark + Secret.Make(KeyLength - Mark.Length);

    public static string MakeSecret() => Secret.Make(KeyLength);

    /// <exception cref="KeysException">The key file cannot be opened or changed.</exception>
    public static void PutIntoKeyFile(
        DataFolder data, IEnumerable<AccountConfiguration> accounts, SimulatorAccountsFile simulator,
        TimeProvider clock)
    {
        string passphraseFile = Passphrase.FileFor(data);
        if (passphraseFile == data.KeysPassphraseFile
            && !File.Exists(passphraseFile) && !File.Exists(data.ExchangeKeysFile))
        {
            Passphrase.MakeFile(passphraseFile);
        }

        using var passphrase = Passphrase.ReadFile(passphraseFile);
        using var change =
            KeyFileChange.Begin(data.ExchangeKeysFile, passphrase, KeyDerivationCost.Standard, clock);
        bool isChanged = false;
        foreach (AccountConfiguration account in accounts)
        {
            SimulatorAccountsFile.Account known =
                simulator.Accounts.Single(other => other.Name == account.Name.Account);
            foreach (KeyOwner owner in KeyOwner.Of(account, MarketFlags.Spot | MarketFlags.Futures))
            {
                isChanged |= Put(change, owner, known);
            }
        }

        if (isChanged)
        {
            change.Commit();
        }
    }

    private static bool Put(KeyFileChange change, KeyOwner owner, SimulatorAccountsFile.Account known)
    {
        var pair = KeyPair.Of(known.ApiKey, Encoding.UTF8.GetBytes(known.SecretKey));
        ExchangeKey[] keys = [.. change.Keys.Where(key => key.Owner == owner)];
        if (keys is [var first, ..] && first.Is(pair))
        {
            pair.Dispose();
            return false;
        }

        foreach (ExchangeKey stale in keys.Where(
            key => key.ApiKey == known.ApiKey || key.ApiKey.StartsWith(Mark, StringComparison.Ordinal)))
        {
            _ = change.Remove(stale.Id);
        }

        _ = change.Add(owner, pair, priority: 1);
        return true;
    }
}
