namespace Oms.Cli.Linux;

/// <summary>Where programs are found.</summary>
internal sealed class SearchPath(params string[] folders)
{
    /// <summary>Folders that are searched although a user's PATH may lack them.</summary>
    private static readonly string[] SystemFolders =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    /// <summary>The user's PATH, and the folders of the system.</summary>
    public static SearchPath OfUser { get; } = new([
        .. (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries),
        .. SystemFolders,
    ]);

    public string? Find(string program) =>
        folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
