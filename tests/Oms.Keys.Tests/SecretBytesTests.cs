using System.Text;
using Oms.Keys.Memory;

namespace Oms.Keys.Tests;

/// <summary>Where secrets are, and when they are gone.</summary>
public sealed class SecretBytesTests
{
    private static readonly int PageKilobytes = Environment.SystemPageSize / 1024;

    /// <summary>What other tests left to the collector is not counted here.</summary>
    public SecretBytesTests()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void Secrets_are_locked_in_memory_page_by_page_and_unlocked_at_the_end()
    {
        long before = LockedKilobytes();
        SecretBytes[] secrets = [.. Enumerable.Range(0, 10).Select(_ => SecretBytes.CopyOf("secret"u8))];
        using var large = SecretBytes.CopyOf(new byte[Environment.SystemPageSize + 1]);

        Assert.Equal(before + (12 * PageKilobytes), LockedKilobytes());
        Array.ForEach(secrets, secret => secret.Dispose());
        Assert.Equal(before + (2 * PageKilobytes), LockedKilobytes());
        large.Dispose();
        Assert.Equal(before, LockedKilobytes());
    }

    [Fact]
    public void A_disposed_secret_is_overwritten_and_cannot_be_opened()
    {
        SecretBytes secret = SecretBytes.Allocate(6, out Span<byte> memory);
        "secret"u8.CopyTo(memory);

        secret.Dispose();

        Assert.Equal(new byte[6], memory.ToArray());
        _ = Assert.Throws<ObjectDisposedException>(() => secret.Open().Dispose());
    }

    [Fact]
    public void Whoever_reads_a_secret_reads_it_to_the_end()
    {
        SecretBytes secret = SecretBytes.Allocate(6, out Span<byte> memory);
        "secret"u8.CopyTo(memory);
        using (SecretBytes.Lease lease = secret.Open())
        {
            secret.Dispose();
            Assert.Equal("secret", Encoding.ASCII.GetString(lease.Bytes));
        }

        Assert.Equal(new byte[6], memory.ToArray());
    }

    [Fact]
    public void A_secret_that_nobody_disposed_is_overwritten_when_it_is_collected()
    {
        long before = LockedKilobytes();
        Memory<byte> pages = Abandon();
        Assert.Equal(before + PageKilobytes, LockedKilobytes());

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(before, LockedKilobytes());
        Assert.Equal(-1, pages.Span.IndexOf("secret"u8));
    }

    [Fact]
    public async Task What_is_cut_off_or_too_long_is_overwritten_too()
    {
        SecretBytes secret = SecretBytes.Allocate(9, out Span<byte> memory);
        "secretpad"u8.CopyTo(memory);
        secret.TrimTo(6);
        Assert.Equal("secret\0\0\0", Encoding.ASCII.GetString(memory));
        secret.Dispose();

        long before = LockedKilobytes();
        KeysException problem = Assert.Throws<KeysException>(
            () => SecretBytes.ReadFrom(new MemoryStream(new byte[7]), 6));
        Assert.Equal("more than 6 bytes", problem.Message);
        _ = await Assert.ThrowsAsync<KeysException>(
            () => SecretBytes.ReadFromAsync(new MemoryStream(new byte[7]), 6, default));
        Assert.Equal(before, LockedKilobytes());
    }

    [Fact]
    public async Task A_stream_is_read_to_its_end()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200).Select(value => (byte)value)];
        using var one = SecretBytes.ReadFrom(new MemoryStream(bytes), 200);
        using SecretBytes other = await SecretBytes.ReadFromAsync(new MemoryStream(bytes), 4000, default);
        Assert.Equal([Convert.ToHexString(bytes), Convert.ToHexString(bytes)], [Text(one), Text(other)]);
    }

    [Fact]
    public void A_secret_says_nothing_of_itself()
    {
        using var secret = SecretBytes.CopyOf("secret of mine"u8);
        Assert.Equal("(secret)", $"{secret}");
    }

    private static string Text(SecretBytes secret)
    {
        using SecretBytes.Lease lease = secret.Open();
        return Convert.ToHexString(lease.Bytes);
    }

    private static Memory<byte> Abandon()
    {
        var pages = new LockedPages(6);
        "secret"u8.CopyTo(pages.Memory.Span);
        return pages.Memory;
    }

    private static long LockedKilobytes() => long.Parse(
        File.ReadLines("/proc/self/status")
            .Single(line => line.StartsWith("VmLck:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'));
}
