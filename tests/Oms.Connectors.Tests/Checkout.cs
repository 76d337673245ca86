namespace Oms.Connectors.Tests;

/// <summary>Where the repository and what was built of it is.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Executable(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, Configuration, project);

    /// <summary>As these tests were built: release or debug.</summary>
    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CryptoOms.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder
            ?? throw new InvalidOperationException($"no CryptoOms.sln above {AppContext.BaseDirectory}");
    }
}
