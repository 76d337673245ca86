namespace Oms.Exchanges.Tests;

/// <summary>The recorded data that lies beside the repository.</summary>
internal static class Recordings
{
    public static string Path(params string[] parts)
    {
        string relative = System.IO.Path.Combine(["shared", "data", .. parts]);
        for (
            DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
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
