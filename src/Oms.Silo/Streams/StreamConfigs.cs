using NATS.Client.JetStream.Models;
using Oms.Domain.Accounts;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>What an account's stream is to be, and whether one is.</summary>
internal static class StreamConfigs
{
    public static StreamConfig Of(AccountName account, StreamSettings settings) => new()
    {
        Name = AccountStream.NameOf(account),
        Subjects = EventSubjects.AllOf(account),
        Storage = StreamConfigStorage.File,
        Retention = StreamConfigRetention.Limits,
        MaxAge = settings.AgeMax,
        DuplicateWindow = settings.DuplicateWindow,
    };

    public static bool IsUpToDate(StreamConfig found, StreamConfig wanted) =>
        SubjectsOf(found).SequenceEqual(SubjectsOf(wanted))
        && found.MaxAge == wanted.MaxAge
        && found.DuplicateWindow == wanted.DuplicateWindow;

    /// <summary>
    /// Looks at what the server made of it: an old one leaves out in silence what it does not know.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream would lose events.</exception>
    public static void ThrowIfUnfit(StreamConfig found, StreamConfig wanted)
    {
        bool isFit = IsUpToDate(found, wanted)
            && found.Storage == wanted.Storage
            && found.Retention == wanted.Retention
            && found is { MaxMsgs: <= 0, MaxBytes: <= 0, MaxMsgsPerSubject: <= 0 };
        if (!isFit)
        {
            throw new InvalidOperationException(
                $"the stream {wanted.Name} would lose events: it must be stored in files, keep "
                + $"{wanted.MaxAge.TotalDays} days without other limits, and hold the account's subjects; "
                + "remove or repair it");
        }
    }

    private static IEnumerable<string> SubjectsOf(StreamConfig config) =>
        (config.Subjects ?? []).Order(StringComparer.Ordinal);
}
