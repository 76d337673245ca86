using System.Text.Json;
using Oms.Journal;

namespace Oms.Silo.Feed;

/// <summary>Where the checkpoint is kept. It is there whole or not at all, also when the machine dies.</summary>
internal sealed class CheckpointFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "checkpoint.json");

    /// <summary>The last checkpoint; an empty one where there is none that can be read.</summary>
    public Checkpoint Read()
    {
        if (!File.Exists(_path))
        {
            return Checkpoint.Empty;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), CheckpointContext.Default.Checkpoint)
                ?? Checkpoint.Empty;
        }
        catch (JsonException)
        {
            // Damaged by whatever: without a checkpoint the log is read from its start.
            return Checkpoint.Empty;
        }
    }

    public void Write(Checkpoint checkpoint)
    {
        _ = Directory.CreateDirectory(folder);
        DurableFile.Replace(
            _path, JsonSerializer.SerializeToUtf8Bytes(checkpoint, CheckpointContext.Default.Checkpoint));
    }
}
