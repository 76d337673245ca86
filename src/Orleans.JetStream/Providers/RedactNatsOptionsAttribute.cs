using NATS.Client.Core;

namespace Orleans.Configuration;

/// <summary>Shows of connection options only the servers they name, without user or password.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RedactNatsOptionsAttribute : RedactAttribute
{
    public override string Redact(object? value) =>
        value is NatsOpts options
            ? string.Join(',', options.Url.Split(',').Select(WithoutUserInfo))
            : base.Redact(value);

    private static string WithoutUserInfo(string url) => url[(url.LastIndexOf('@') + 1)..];
}
