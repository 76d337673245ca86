using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tests;

public sealed class HealthFileTests : IDisposable
{
    private readonly TestRegion _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_role_that_nobody_ever_had_has_no_health() =>
        Assert.Null(HealthFile.Read(_test.Region, "gateway"));

    [Fact]
    public void A_process_says_how_it_is()
    {
        using HealthFile health = HealthFile.Open(_test.Region, "gateway", "127.0.0.1:50051");
        Expect(ProcessState.Starting, "");
        health.Say(ProcessState.Degraded, "no NATS");
        Expect(ProcessState.Degraded, "no NATS");
        health.Say(ProcessState.Ready, "");
        health.Beat();
        Expect(ProcessState.Ready, "");

        void Expect(ProcessState state, string detail)
        {
            ProcessHealth? read = HealthFile.Read(_test.Region, "gateway");
            Assert.Equal(
                ("gateway", Environment.ProcessId, "127.0.0.1:50051"),
                (read?.Role, read?.Pid, read?.Address));
            Assert.Equal((state, detail, true), (read?.State, read?.Detail, read?.IsFresh));
        }
    }

    [Fact]
    public void Long_and_foreign_details_are_cut_and_not_an_error()
    {
        using HealthFile health = HealthFile.Open(_test.Region, "silo", "");
        health.Say(ProcessState.Degraded, "ö" + new string('x', 100));
        Assert.Equal("?" + new string('x', 63), HealthFile.Read(_test.Region, "silo")?.Detail);
    }

    [Fact]
    public void A_role_belongs_to_one_while_it_lives()
    {
        HealthFile health = HealthFile.Open(_test.Region, "silo", "");
        _ = Assert.Throws<RoleTakenException>(() => HealthFile.Open(_test.Region, "silo", ""));
        health.Dispose();
        HealthFile.Open(_test.Region, "silo", "").Dispose();
    }

    [Fact]
    public void A_file_that_is_no_health_file_is_refused_and_the_role_not_taken()
    {
        HealthFile.Open(_test.Region, "silo", "").Dispose();
        string path = Path.Combine(_test.Region.Path, "silo.health");
        byte[] whole = File.ReadAllBytes(path);
        TestRegion.Overwrite(path, 0, 0xEE);
        _ = Assert.Throws<LayoutMismatchException>(() => HealthFile.Read(_test.Region, "silo"));
        _ = Assert.Throws<LayoutMismatchException>(() => HealthFile.Open(_test.Region, "silo", ""));
        TestRegion.Overwrite(path, 0, whole);
        HealthFile.Open(_test.Region, "silo", "").Dispose();
    }

    [Fact]
    public void What_a_process_said_last_is_read_even_if_it_died_while_saying_it()
    {
        using HealthFile health = HealthFile.Open(_test.Region, "silo", "");
        health.Say(ProcessState.Ready, "well");
        TestRegion.Overwrite(Path.Combine(_test.Region.Path, "silo.health"), 8, 0xFF);
        Assert.Equal("well", HealthFile.Read(_test.Region, "silo")?.Detail);
        health.Say(ProcessState.Degraded, "better");
        Assert.Equal("better", HealthFile.Read(_test.Region, "silo")?.Detail);
    }
}
