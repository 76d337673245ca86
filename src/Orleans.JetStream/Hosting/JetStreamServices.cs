using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.JetStream;
using Orleans.JetStream.Clustering;
using Orleans.JetStream.Reminders;
using Orleans.Messaging;

namespace Orleans.Hosting;

/// <summary>What each provider needs among the services of its host.</summary>
internal static class JetStreamServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddJetStreamInstruments()
        {
            services.AddMetrics().TryAddSingleton<JetStreamInstruments>();
            return services;
        }

        public IServiceCollection AddJetStreamMembership(
            Action<OptionsBuilder<JetStreamClusteringOptions>> configureOptions) =>
            services
                .AddJetStreamOptions(configureOptions, "clustering")
                .AddSingleton<IMembershipTable, JetStreamMembershipTable>();

        public IServiceCollection AddJetStreamGateways(
            Action<OptionsBuilder<JetStreamClusteringOptions>> configureOptions) =>
            services
                .AddJetStreamOptions(configureOptions, "clustering")
                .AddSingleton<IGatewayListProvider, JetStreamGatewayListProvider>();

        public IServiceCollection AddJetStreamReminders(
            Action<OptionsBuilder<JetStreamReminderTableOptions>> configureOptions)
        {
            services.AddReminders();
            return services
                .AddJetStreamOptions(configureOptions, "reminders")
                .AddSingleton<IReminderTable, JetStreamReminderTable>();
        }

        private IServiceCollection AddJetStreamOptions<TOptions>(
            Action<OptionsBuilder<TOptions>> configureOptions,
            string provider)
            where TOptions : JetStreamOptions, new()
        {
            ArgumentNullException.ThrowIfNull(configureOptions);
            configureOptions(services.AddOptions<TOptions>());
            return services
                .AddJetStreamInstruments()
                .AddTransient<IConfigurationValidator>(host => new JetStreamOptionsValidator(
                    host.GetRequiredService<IOptions<TOptions>>().Value, provider))
                .ConfigureFormatter<TOptions>();
        }
    }
}
