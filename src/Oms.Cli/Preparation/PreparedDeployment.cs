using System.Collections.Immutable;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Keys;

namespace Oms.Cli.Preparation;

/// <summary>Fills the data folder with what the processes need. Doing it again changes nothing.</summary>
internal static class PreparedDeployment
{
    private const int SecretLength = 43;

    public static string SimulatorAccountsPath(DataFolder data) =>
        Path.Combine(data.Simulator, "accounts.json");

    /// <exception cref="FormatException">A file in the data folder is damaged.</exception>
    /// <exception cref="KeysException">The key file cannot be opened or changed.</exception>
    public static void Write(
        DataFolder data, SystemConfiguration system, SimulatorConfiguration? simulator, TimeProvider clock)
    {
        string keysFolder = Path.GetDirectoryName(data.ExchangeKeysFile) ?? data.Path;
        foreach (string folder in (string[])[data.Path, data.Run, keysFolder, data.Nats, data.ProcessLogs])
        {
            PrivateFile.CreateFolder(folder);
        }

        NatsServerFile.Write(data, system.Deployment, Secret.ReadOrMake(data.NatsPasswordFile, SecretLength));
        byte[] certificateSha256 = Certificates.Prepare(data, clock);
        string token = Secret.ReadOrMake(data.OperatorTokenFile, SecretLength);
        IdentitiesFile.WriteOperator(data.IdentitiesFile, token, certificateSha256);
        if (simulator is not null)
        {
            WriteSimulatorAccounts(data, system, simulator, clock);
        }
    }

    // The simulator's file first: what it knows and the key file lacks is put there the next time.
    private static void WriteSimulatorAccounts(
        DataFolder data, SystemConfiguration system, SimulatorConfiguration simulator, TimeProvider clock)
    {
        PrivateFile.CreateFolder(data.Simulator);
        string path = SimulatorAccountsPath(data);
        ImmutableArray<AccountConfiguration> accounts = SimulatedAccounts(system);
        var file = SimulatorAccountsFile.Of(
            accounts, simulator, File.Exists(path) ? SimulatorAccountsFile.Read(path) : null);
        JsonFile.Write(path, file, PreparationJson.Default.SimulatorAccountsFile);
        if (system.Deployment.Keys.Source == KeySource.File)
        {
            SimulatorKeys.PutIntoKeyFile(data, accounts, file, clock);
        }
    }

    // Keys are made up for exchanges at the simulator's port only; a real exchange gives out its own.
    private static ImmutableArray<AccountConfiguration> SimulatedAccounts(SystemConfiguration system)
    {
        HashSet<string> simulated = [
            .. system.Exchanges
                .Where(exchange => exchange.RestUri.IsLoopback
                    && exchange.RestUri.Port == system.Deployment.SimulatorPort)
                .Select(exchange => exchange.Name),
        ];
        return [.. system.Accounts.Where(account => simulated.Contains(account.Name.Exchange))];
    }
}
