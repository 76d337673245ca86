using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Storage;

/// <summary>Makes the grain storage of a name from the options of that name.</summary>
public static class JetStreamGrainStorageFactory
{
    /// <summary>Makes a storage that connects when the silo starts.</summary>
    public static JetStreamGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<JetStreamGrainStorageOptions>>().Get(name);
        return ActivatorUtilities.CreateInstance<JetStreamGrainStorage>(services, name, options);
    }
}
