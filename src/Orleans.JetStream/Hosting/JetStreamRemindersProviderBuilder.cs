using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;

[assembly: RegisterProvider(
    "JetStream", "Reminders", "Silo", typeof(Orleans.Hosting.JetStreamRemindersProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>
/// Reads the reminder table from the section <c>Orleans:Reminders</c> of the configuration.
/// </summary>
internal sealed class JetStreamRemindersProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseJetStreamReminderService(options => options.Configure<IServiceProvider>(
            (values, services) => JetStreamSection.Apply(values, services, configurationSection)));
}
