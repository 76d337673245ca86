namespace Oms.Matching.Tests;

/// <summary>The recorded data: where OMS_MARKET_DATA says, or beside the repository.</summary>
internal static class RecordedFiles
{
    public static string Path(params string[] parts)
    {
        string relative = System.IO.Path.Combine(parts);
        List<string> folders = [];
        if (Environment.GetEnvironmentVariable("OMS_MARKET_DATA") is { Length: > 0 } named)
        {
            folders.Add(named);
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            folders.Add(System.IO.Path.Combine(folder.FullName, "shared", "data"));
        }

        return folders.Select(each => System.IO.Path.Combine(each, relative)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"{relative} is neither in the folder that OMS_MARKET_DATA names nor in shared/data beside "
                + "the repository: this test needs it");
    }
}
