using Oms.Domain.Configuration;
using Oms.Keys;
using Oms.Keys.Files;
using Oms.Keys.Memory;

namespace Oms.Cli.KeyFiles;

/// <summary>
/// The passphrase of the key file: from the file that the environment names, from the one in the data folder,
/// or asked for at the terminal.
/// </summary>
internal static class PassphraseInput
{
    /// <param name="isNew">Whether it will be that of a new key file: it is asked for twice.</param>
    /// <exception cref="RefusedException">There is no file and no terminal, or what was typed
    /// differs.</exception>
    /// <exception cref="KeysException">The file cannot be used.</exception>
    public static Passphrase Read(DataFolder data, bool isNew)
    {
        string path = Passphrase.FileFor(data);
        if (File.Exists(path) || path != data.KeysPassphraseFile)
        {
            return Passphrase.ReadFile(path);
        }

        if (Console.IsInputRedirected)
        {
            throw new RefusedException(
                $"the passphrase of {data.ExchangeKeysFile} is needed: name a file of mode 0600 that holds " +
                $"it in {Passphrase.FileVariable}, put it into {path}, or run this at a terminal");
        }

        using SecretBytes typed = HiddenLine.Read("passphrase of the key file: ", Passphrase.LengthBytesMax);
        using SecretBytes.Lease lease = typed.Open();
        if (isNew)
        {
            using SecretBytes again = HiddenLine.Read("once more: ", Passphrase.LengthBytesMax);
            using SecretBytes.Lease second = again.Open();
            if (!lease.Bytes.SequenceEqual(second.Bytes))
            {
                throw new RefusedException("the two are not the same; nothing was changed");
            }
        }

        return Passphrase.Typed(lease.Bytes);
    }
}
