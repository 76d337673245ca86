namespace Oms.Journal.Audit;

/// <summary>What reading the whole audit log proved.</summary>
/// <param name="Records">How many stand in an unbroken chain from the first.</param>
/// <param name="LastHash">Of the last of them: who keeps it elsewhere can later prove that none is missing
/// behind it.</param>
/// <param name="Problem">Where the chain breaks; null where it does not.</param>
public sealed record AuditProof(long Records, string LastHash, string? Problem)
{
    /// <summary>Reads every line, from the first file on.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditProof Of(string folder)
    {
        long records = 0;
        string last = AuditLine.FirstPrevious;
        foreach (string file in AuditFolder.Files(folder))
        {
            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                if (!AuditLine.TryRead(line, out long sequence, out string previous, out string hash))
                {
                    return new(records, last, $"{file}:{number}: the line was changed, or is none");
                }

                if (sequence != records + 1 || previous != last)
                {
                    return new(records, last, $"{file}:{number}: does not follow record {records}");
                }

                (records, last) = (sequence, hash);
            }
        }

        return new(records, last, null);
    }
}
