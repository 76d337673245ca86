using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tests;

public sealed class SharedRegionTests
{
    [Fact]
    public void A_data_folder_has_one_region_however_it_is_written()
    {
        using var test = new TestRegion();
        string other = Path.Combine(test.DataFolder, "x", "..") + "/";
        Assert.Equal(test.Region.Path, SharedRegion.ForDataFolder(other).Path);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(test.Region.Path));
    }

    [Fact]
    public void Two_data_folders_share_nothing()
    {
        using var one = new TestRegion();
        using var other = new TestRegion();
        Assert.NotEqual(one.Region.Path, other.Region.Path);
    }

    [Fact]
    public void A_deleted_region_is_gone_and_deleting_it_again_is_no_error()
    {
        using var test = new TestRegion();
        _ = test.Ring();
        test.Region.Delete();
        Assert.False(Directory.Exists(test.Region.Path));
        test.Region.Delete();
    }
}
