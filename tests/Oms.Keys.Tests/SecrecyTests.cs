using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Oms.Keys.Files;
using Oms.Testing;

namespace Oms.Keys.Tests;

/// <summary>
/// Secrets are where they should be, and nowhere else: looked for in the memory of a process.
/// </summary>
public sealed class SecrecyTests : IDisposable
{
    private static readonly string Peer = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Oms.Peer", "release", "Oms.Peer"));

    private readonly KeyFiles _files = new();
    private readonly string _hmacSecret = RandomNumberGenerator.GetHexString(64);
    private readonly byte[] _seed = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public async Task Secrets_of_the_key_file_stand_in_locked_memory_only_and_nowhere_when_disposed()
    {
        using (var passphrase = Passphrase.ReadFile(_files.Data.KeysPassphraseFile))
        using (var file = KeyFileChange.Begin(
            _files.Path, passphrase, KeyDerivationCost.Standard, _files.Clock))
        {
            _ = file.Add(KeyFiles.Main, KeyPair.Of("first", Encoding.ASCII.GetBytes(_hmacSecret)));
            _ = file.Add(KeyFiles.Main, KeyPair.Of("second", Encoding.ASCII.GetBytes(Pem())));
            file.Commit();
        }

        using Process peer = Start(Peer, ["sign", _files.Data.Path, "main"]);
        Assert.Equal("signed", await peer.StandardOutput.ReadLineAsync());
        AssertFound(peer, [Encoding.ASCII.GetBytes(_hmacSecret), _seed]);
        AssertSafe(peer, Needles());

        await peer.StandardInput.WriteLineAsync();
        Assert.Equal("disposed", await peer.StandardOutput.ReadLineAsync());
        Assert.All(Needles(), needle => Assert.Empty(ForeignMemory.Find(peer.Id, needle)));
        Assert.Equal(0, ForeignMemory.LockedBytes(peer.Id));
        await End(peer);
    }

    [Fact]
    public async Task Where_memory_cannot_be_locked_no_secret_is_read_and_the_limit_is_named()
    {
        _files.Change(file => file.Add(
            KeyFiles.Main, KeyPair.Of("first", Encoding.ASCII.GetBytes(_hmacSecret))));
        // Whoever has the right to lock memory has no limit: it is given away first.
        string[] unprivileged = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
            : [];
        using Process peer = Start(
            "prlimit", ["--memlock=0:0", .. unprivileged, Peer, "sign", _files.Data.Path, "main"]);
        peer.StandardInput.Close();

        string errors = await peer.StandardError.ReadToEndAsync();

        Assert.Contains("bytes cannot be locked in memory for a secret", errors);
        Assert.Contains("`ulimit -l`", errors);
        Assert.DoesNotContain(_hmacSecret, errors);
    }

    public void Dispose() => _files.Dispose();

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("the peer did not start");
    }

    private static async Task End(Process peer)
    {
        await peer.StandardInput.WriteLineAsync();
        await peer.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(0, peer.ExitCode);
    }

    /// <summary>Without this, finding nothing would prove nothing.</summary>
    private static void AssertFound(Process peer, byte[][] needles) => Assert.All(
        needles, needle => Assert.Contains(ForeignMemory.Find(peer.Id, needle), place => place.IsSafe));

    private static void AssertSafe(Process peer, byte[][] needles) => Assert.All(
        needles, needle => Assert.All(
            ForeignMemory.Find(peer.Id, needle), place => Assert.True(place.IsSafe, $"{place}")));

    /// <summary>Whatever of a secret would be enough to sign with, in each of its forms.</summary>
    private byte[][] Needles()
    {
        byte[] expanded = SHA512.HashData(_seed);
        byte[] scalar = expanded[..32];
        scalar[0] &= 0xF8;
        scalar[31] = (byte)((scalar[31] & 0x7F) | 0x40);
        return
        [
            Encoding.ASCII.GetBytes(_hmacSecret),
            Encoding.Unicode.GetBytes(_hmacSecret),
            _seed,
            // The seed as hashing code holds it: words of eight bytes the other way round.
            [.. _seed.Chunk(8).SelectMany(word => word.Reverse())],
            expanded[32..],
            scalar,
            Encoding.ASCII.GetBytes(InPem()),
            Encoding.Unicode.GetBytes(InPem()),
        ];
    }

    /// <summary>The characters of the PEM that stand for the seed alone.</summary>
    private string InPem() => Pem().Split('\n')[1][24..^4];

    private string Pem()
    {
        byte[] der = [.. Convert.FromHexString("302e020100300506032b657004220420"), .. _seed];
        return $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(der)}\n-----END PRIVATE KEY-----\n";
    }
}
