using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class TlsTests(SharedDeployment shared)
{
    [Fact]
    public async Task Only_tls_1_3_is_spoken()
    {
        TestDeployment deployment = shared.Deployment;

        Assert.Equal(SslProtocols.Tls13, await Handshake(deployment, SslProtocols.None));
        Assert.Equal(SslProtocols.Tls13, await Handshake(deployment, SslProtocols.Tls13));
        await Assert.ThrowsAnyAsync<Exception>(() => Handshake(deployment, SslProtocols.Tls12));
    }

    /// <summary>The fingerprint of the certificate that a new connection is shown.</summary>
    internal static async Task<string> CertificateOf(TestDeployment deployment)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", deployment.Port);
        string shown = "";
        await using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, errors) =>
        {
            shown = certificate!.GetCertHashString();
            return errors == SslPolicyErrors.None;
        });
        // Nobody here trusts its authority: what it shows is looked at, and that is all.
        await Assert.ThrowsAsync<AuthenticationException>(() => stream.AuthenticateAsClientAsync("localhost"));
        return shown;
    }

    private static async Task<SslProtocols> Handshake(TestDeployment deployment, SslProtocols protocols)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", deployment.Port);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(deployment.Data.Tls, "ca.crt")));
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = policy,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        });
        return stream.SslProtocol;
    }
}
