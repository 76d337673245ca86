namespace Oms.ExchangeSimulator.Tests;

/// <summary>The recorded data that lies beside the repository.</summary>
internal static class RecordedFiles
{
    public static string Path(params string[] parts)
    {
        string relative = System.IO.Path.Combine(["shared", "data", .. parts]);
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, relative);
            if (File.Exists(candidate) || Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"{relative} is not beside the repository: this test needs it");
    }
}
