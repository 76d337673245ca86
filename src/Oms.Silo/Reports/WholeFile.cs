namespace Oms.Silo.Reports;

/// <summary>Files that readers find whole or not at all.</summary>
internal static class WholeFile
{
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        string draft = path + ".draft";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
    }
}
