using Oms.Domain.Configuration;

namespace Oms.Gateway.Access;

/// <summary>
/// Looks whether identities or the server's certificate changed, and takes them over without a restart. What cannot be
/// used is said and changes nothing.
/// </summary>
internal sealed class CredentialReload(
    IdentityRegister register,
    ServerCertificate certificate,
    DataFolder data,
    TimeProvider time,
    ILogger<CredentialReload> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTime identitiesSeen = File.GetLastWriteTimeUtc(data.IdentitiesFile);
        DateTime certificateSeen = File.GetLastWriteTimeUtc(certificate.CertificatePath);
        // What changed between the start's reading and this look is read once more.
        _ = Reload(register.Reload, data.IdentitiesFile);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            ReloadIfChanged(ref identitiesSeen, data.IdentitiesFile, register.Reload);
            ReloadIfChanged(ref certificateSeen, certificate.CertificatePath, certificate.Reload);
        }
    }

    private void ReloadIfChanged(ref DateTime seen, string path, Action reload)
    {
        DateTime now = File.GetLastWriteTimeUtc(path);
        if (now != seen && Reload(reload, path))
        {
            seen = now;
            logger.Reloaded(path);
        }
    }

    private bool Reload(Action reload, string path)
    {
        try
        {
            reload();
            return true;
        }
        catch (InvalidDataException exception)
        {
            // A certificate without its new key yet, for example: it is looked at again.
            logger.NotReloaded(exception, path);
            return false;
        }
    }
}
