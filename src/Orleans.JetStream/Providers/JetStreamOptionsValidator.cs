using Orleans.Configuration;

namespace Orleans.JetStream;

/// <summary>Refuses options that cannot work, all faults at once, before the host starts.</summary>
/// <param name="provider">Whose options they are, as the message names it.</param>
internal sealed class JetStreamOptionsValidator(JetStreamOptions options, string provider)
    : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var faults = options.Faults().ToArray();
        if (faults.Length > 0)
        {
            throw new OrleansConfigurationException(
                $"The options of JetStream {provider} are wrong: {string.Join(" ", faults)}");
        }
    }
}
