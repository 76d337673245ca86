using System.CommandLine;
using Oms.Cli.Commands;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.KeyFiles;

/// <summary>What a command does to the key file of a deployment.</summary>
internal sealed class KeyFileWork(DeploymentOptions deployment, ParseResult arguments)
{
    private readonly DataFolder _data = deployment.DataOf(arguments);
    private readonly SystemConfiguration _system =
        ConfigurationFolder.Load(deployment.ConfigsOf(arguments));

    /// <exception cref="RefusedException">There is no such account, or it does not trade there.</exception>
    public KeyOwner OwnerOf(string account, string market)
    {
        _ = AccountName.TryParse(account, out AccountName name);
        AccountConfiguration configured = _system.Accounts.FirstOrDefault(each => each.Name == name)
            ?? throw new RefusedException($"{account} is no account of accounts.yaml");
        KeyOwner[] owners = [.. KeyOwner.Of(configured, MarketFlags.Spot | MarketFlags.Futures)];
        KeyOwner owner = owners.FirstOrDefault(
            each => each.MarketToken.Equals(market, StringComparison.OrdinalIgnoreCase));
        return owners.Contains(owner)
            ? owner
            : throw new RefusedException($"{account} does not trade {market}: see accounts.yaml");
    }

    /// <exception cref="RefusedException">Keys do not come from the key file, or no passphrase can be
    /// had.</exception>
    /// <exception cref="KeysException">The change cannot be made; the file is as it was.</exception>
    public ExchangeKey Change(Func<KeyFileChange, ExchangeKey> change)
    {
        if (_system.Deployment.Keys.Source != KeySource.File)
        {
            throw new RefusedException(
                "keys come from Vault (deployment.yaml, keys.source): change them there");
        }

        PrivateFile.CreateFolder(Path.GetDirectoryName(_data.ExchangeKeysFile) ?? _data.Path);
        bool isNew = !File.Exists(_data.ExchangeKeysFile);
        using Passphrase passphrase = PassphraseInput.Read(_data, isNew);
        using var file = KeyFileChange.Begin(
            _data.ExchangeKeysFile, passphrase, KeyDerivationCost.Standard, TimeProvider.System);
        ExchangeKey changed = change(file);
        file.Commit();
        return changed;
    }
}
