using Oms.Cli.Linux;
using Oms.Cli.Preparation;

namespace Oms.Cli.Tests;

/// <summary>
/// Only stand-ins for apt-get and sudo can be found, in a folder of the test; each notes how it was called.
/// </summary>
public sealed class NatsServerPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oms-programs-").FullName;
    private readonly StringWriter _output = new();

    private string NatsServer => Path.Combine(_folder, "nats-server");

    private string[] Calls =>
        File.Exists(Path.Combine(_folder, "calls")) ? File.ReadAllLines(Path.Combine(_folder, "calls")) : [];

    [Fact]
    public async Task Present_nothing_is_installed()
    {
        WriteProgram("apt-get", "exit 1");
        WriteProgram("nats-server", "exit 1");

        Assert.Equal(NatsServer, await EnsureAsync(isRoot: true));

        Assert.Empty(Calls);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Missing_root_installs_it()
    {
        WriteApt();

        Assert.Equal(NatsServer, await EnsureAsync(isRoot: true));

        Assert.Equal(
            ["apt-get update -q", "apt-get install --yes -q --no-install-recommends nats-server"], Calls);
        Assert.StartsWith("nats-server is missing: installing it", _output.ToString());
    }

    [Fact]
    public async Task Missing_sudo_that_asks_for_no_password_installs_it()
    {
        WriteApt();
        WriteProgram("sudo", "shift; if [ \"$1\" != true ]; then exec \"$@\"; fi");
        string apt = Path.Combine(_folder, "apt-get");

        Assert.Equal(NatsServer, await EnsureAsync(isRoot: false));

        Assert.Equal(
            [
                "sudo -n true",
                $"sudo -n {apt} update -q",
                "apt-get update -q",
                $"sudo -n {apt} install --yes -q --no-install-recommends nats-server",
                "apt-get install --yes -q --no-install-recommends nats-server",
            ],
            Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Missing_and_not_allowed_it_says_what_to_type(bool isSudoThere)
    {
        WriteApt();
        if (isSudoThere)
        {
            WriteProgram("sudo", "echo 'sudo: a password is required' >&2; exit 1");
        }

        var exception = await Assert.ThrowsAsync<RefusedException>(() => EnsureAsync(isRoot: false));

        Assert.Equal(
            "nats-server is missing, and installing it needs root. " +
            "Type: sudo sh -c 'apt-get update && apt-get install --yes nats-server'",
            exception.Message);
        Assert.DoesNotContain(Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_installation_that_fails_is_told_with_what_was_printed()
    {
        WriteProgram("apt-get", "echo 'E: no such package'; exit 100");

        var exception = await Assert.ThrowsAsync<RefusedException>(() => EnsureAsync(isRoot: true));

        Assert.Contains("Type: apt-get update && apt-get install --yes nats-server", exception.Message);
        Assert.Contains("E: no such package", exception.Message);
        Assert.Contains("exit code 100", exception.Message);
    }

    [Fact]
    public async Task A_host_without_apt_get_is_told_so()
    {
        var exception = await Assert.ThrowsAsync<RefusedException>(() => EnsureAsync(isRoot: true));

        Assert.Equal("nats-server is missing, and so is apt-get to install it", exception.Message);
    }

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> EnsureAsync(bool isRoot) =>
        new NatsServerPackage(new SearchPath(_folder), isRoot)
            .EnsureAsync(_output, TestContext.Current.CancellationToken);

    private void WriteApt() =>
        WriteProgram("apt-get", $"if [ \"$1\" = install ]; then : >'{NatsServer}'; fi");

    private void WriteProgram(string name, string body)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >>'{_folder}/calls'\n{body}\n");
        File.SetUnixFileMode(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
