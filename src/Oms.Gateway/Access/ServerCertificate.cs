using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Oms.Domain.Configuration;

namespace Oms.Gateway.Access;

/// <summary>
/// The server's certificate and key. They may change while the gateway runs: connections made from then on get the
/// new one, those that are open stay.
/// </summary>
internal sealed class ServerCertificate
{
    private readonly string _keyPath;
    private volatile X509Certificate2 _current;

    /// <exception cref="InvalidDataException">They are not there, or are none.</exception>
    public ServerCertificate(DataFolder data)
    {
        CertificatePath = Path.Combine(data.Tls, "server.crt");
        _keyPath = Path.Combine(data.Tls, "server.key");
        _current = Load();
    }

    public string CertificatePath { get; }

    public X509Certificate2 Current => _current;

    /// <inheritdoc cref="ServerCertificate(DataFolder)"/>
    public void Reload() => _current = Load();

    private X509Certificate2 Load()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(CertificatePath, _keyPath);
        }
        catch (Exception exception) when (exception is IOException or CryptographicException)
        {
            throw new InvalidDataException($"{CertificatePath}: {exception.Message}", exception);
        }
    }
}
