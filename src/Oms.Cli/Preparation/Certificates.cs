using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Oms.Domain.Configuration;

namespace Oms.Cli.Preparation;

/// <summary>
/// The deployment's own certificate authority, and the certificates of the gateway and of the operator.
/// Made where they are missing, and again in time before they expire.
/// </summary>
internal static class Certificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    /// <summary>Certificates are valid from a little before now, for clocks that are behind.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    public static string AuthorityFile(DataFolder data) => Path.Combine(data.Tls, "ca.crt");

    public static string ClientFile(DataFolder data) => Path.Combine(data.Tls, "client.crt");

    /// <returns>SHA-256 of the operator's certificate.</returns>
    public static byte[] Prepare(DataFolder data, TimeProvider clock)
    {
        PrivateFile.CreateFolder(data.Tls);
        DateTimeOffset now = clock.GetUtcNow();
        using X509Certificate2 authority = TryOpen(data, "ca", now) ?? MakeAuthority(data, now);
        using X509Certificate2 server =
            TryOpen(data, "server", now, authority)
            ?? Issue(data, "server", authority, now, ServerAuthentication);
        using X509Certificate2 client =
            TryOpen(data, "client", now, authority)
            ?? Issue(data, "client", authority, now, ClientAuthentication);
        return client.GetCertHash(HashAlgorithmName.SHA256);
    }

    /// <exception cref="CryptographicException">The authority's certificate or key is damaged.</exception>
    public static void CheckAuthority(DataFolder data)
    {
        using X509Certificate2 authority = Open(data, "ca");
    }

    private static X509Certificate2? TryOpen(
        DataFolder data, string name, DateTimeOffset now, X509Certificate2? authority = null)
    {
        if (!File.Exists(CertificatePath(data, name)) || !File.Exists(KeyPath(data, name)))
        {
            return null;
        }

        X509Certificate2 certificate = Open(data, name);
        bool isOfAuthority = authority is null || IsSignedBy(certificate, authority);
        if (isOfAuthority && now + RenewedBefore < certificate.NotAfter.ToUniversalTime())
        {
            return certificate;
        }

        certificate.Dispose();
        return null;
    }

    private static X509Certificate2 Open(DataFolder data, string name) =>
        X509Certificate2.CreateFromPemFile(CertificatePath(data, name), KeyPath(data, name));

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        _ = chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private static X509Certificate2 MakeAuthority(DataFolder data, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=CryptoOms authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 certificate =
            request.CreateSelfSigned(now - ClockTolerance, now + AuthorityLifetime);
        Save(data, "ca", certificate, key);
        return Open(data, "ca");
    }

    private static X509Certificate2 Issue(
        DataFolder data, string name, X509Certificate2 authority, DateTimeOffset now, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string subject = name == "server" ? "CN=localhost" : "CN=operator";
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (name == "server")
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        byte[] serialNumber = RandomNumberGenerator.GetBytes(16);
        serialNumber[0] &= 0x7f;
        using X509Certificate2 certificate =
            request.Create(authority, now - ClockTolerance, now + Lifetime, serialNumber);
        Save(data, name, certificate, key);
        return Open(data, name);
    }

    // The certificate goes first and comes last: where it stands, the key beside it is its own.
    private static void Save(DataFolder data, string name, X509Certificate2 certificate, ECDsa key)
    {
        File.Delete(CertificatePath(data, name));
        PrivateFile.Write(KeyPath(data, name), key.ExportPkcs8PrivateKeyPem() + "\n");
        PrivateFile.Write(CertificatePath(data, name), certificate.ExportCertificatePem() + "\n");
    }

    private static string CertificatePath(DataFolder data, string name) =>
        Path.Combine(data.Tls, name + ".crt");

    private static string KeyPath(DataFolder data, string name) => Path.Combine(data.Tls, name + ".key");
}
