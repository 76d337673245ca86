using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Oms.Testing;

namespace Orleans.JetStream.Tests;

/// <summary>
/// A certificate authority that nobody else trusts, and what a server on loopback proves itself with.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly TemporaryFolder _folder = new("certificates");

    public TestCertificates()
    {
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        var until = from.AddDays(1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest(
            "CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=test server", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, from, until, [1]);

        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(ServerFile, server.ExportCertificatePem());
        File.WriteAllText(ServerKeyFile, serverKey.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityFile => _folder["authority.pem"];

    /// <summary>What a server with this certificate is told in its own configuration language.</summary>
    public string ServerConfiguration => $$"""
        tls { cert_file: "{{ServerFile}}", key_file: "{{ServerKeyFile}}" }
        """;

    private string ServerFile => _folder["server.pem"];

    private string ServerKeyFile => _folder["server.key"];

    public void Dispose() => _folder.Dispose();
}
