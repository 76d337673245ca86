using Oms.Journal.Checkpoints;

namespace Oms.Journal.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly string _folder =
        Path.Combine(Directory.CreateTempSubdirectory("oms-").FullName, "checkpoints");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Each_consumer_has_the_checkpoint_that_it_wrote_last()
    {
        var folder = new CheckpointFolder(_folder);
        Assert.Empty(folder.Read());
        folder.Write("silo", 5);
        folder.Write("other", 7);
        folder.Write("silo", long.MaxValue);
        Assert.Equal([new("other", 7), new("silo", long.MaxValue)], folder.Read());
        Assert.Equal("7\n", File.ReadAllText(Path.Combine(_folder, "other.checkpoint")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("12x")]
    [InlineData("99999999999999999999")]
    public void What_cannot_be_read_keeps_everything(string text)
    {
        var folder = new CheckpointFolder(_folder);
        folder.Write("silo", 5);
        File.WriteAllText(Path.Combine(_folder, "silo.checkpoint"), text);
        Assert.Equal([new("silo", 0)], folder.Read());
    }
}
