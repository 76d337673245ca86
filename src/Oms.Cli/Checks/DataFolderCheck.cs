using System.Security.Cryptography;
using Oms.Cli.Preparation;
using Oms.Domain.Configuration;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Checks;

/// <summary>The data folder is a folder, can be written, and holds no file of ours that is damaged.</summary>
internal static class DataFolderCheck
{
    /// <exception cref="RefusedException">Names the folder or file, and what is wrong with it.</exception>
    public static void Check(DataFolder data)
    {
        try
        {
            CheckWritable(data);
            CheckFiles(data);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"the data folder {data.Path} cannot be used: {exception.Message}");
        }
    }

    private static void CheckWritable(DataFolder data)
    {
        foreach (string folder in (string[])[data.Path, data.Run, data.Tls, data.ProcessLogs, data.Nats])
        {
            if (File.Exists(folder))
            {
                throw new RefusedException(
                    $"the data folder cannot be used: {folder} is a file, not a folder");
            }
        }

        PrivateFile.CreateFolder(data.Path);
        PrivateFile.CreateFolder(data.Run);
        string probe = Path.Combine(data.Run, "write.probe");
        PrivateFile.Write(probe, "");
        File.Delete(probe);
    }

    private static void CheckFiles(DataFolder data)
    {
        Check(data.NatsPasswordFile, path => Secret.Read(path));
        Check(data.OperatorTokenFile, path => Secret.Read(path));
        Check(data.IdentitiesFile, path => IdentitiesFile.Read(path));
        Check(
            PreparedDeployment.SimulatorAccountsPath(data), path => SimulatorAccountsFile.Read(path));
        CheckKeys(data);
        Check(Certificates.AuthorityFile(data), _ => Certificates.CheckAuthority(data));
    }

    // Not to be made anew: what is in it may be nowhere else.
    private static void CheckKeys(DataFolder data)
    {
        if (!Path.Exists(data.ExchangeKeysFile))
        {
            return;
        }

        try
        {
            KeyFile.Check(data.ExchangeKeysFile);
        }
        catch (KeysException exception)
        {
            throw new RefusedException(exception.Message);
        }
    }

    private static void Check(string path, Action<string> read)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return;
        }

        try
        {
            read(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException
                or FormatException or CryptographicException)
        {
            throw new RefusedException(
                $"{path} is damaged: {exception.Message}; restore it, or remove it to have a new one made");
        }
    }
}
