using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Api;

namespace Oms.Gateway.Audit;

/// <summary>What is noted of a change before it is written down.</summary>
/// <param name="Caller">The name of the identity; empty where none was known.</param>
/// <param name="Response">What was answered; null where the call failed, and of a stream.</param>
internal sealed record AuditEntry(
    string Caller, string Peer, string Method, string Outcome, string CorrelationId, IMessage Request,
    IMessage? Response = null)
{
    private static readonly JsonFormatter Json = new(new JsonFormatter.Settings(formatDefaultValues: false)
        .WithPreserveProtoFieldNames(true));

    /// <summary>The orders that the answer tells of; none of the fast way, and none that is not known.</summary>
    public IEnumerable<V1.Order> Orders => Told.OfType<V1.Order>();

    private IEnumerable<V1.Order?> Told => Response switch
    {
        V1.PlaceOrderResponse placed => [placed.Order],
        V1.CancelOrderResponse canceled => [canceled.Order],
        V1.AmendOrderResponse amended => [amended.Order],
        V1.ReplaceOrderResponse replaced => [replaced.Order],
        V1.PlaceOrderListResponse list => list.Orders,
        V1.ExecuteBatchResponse batch => batch.Outcomes.Select(outcome => outcome.Order),
        _ => [],
    };

    /// <summary>
    /// Of a message of the fast way: the accounts that its stream has not named before. Null for another call.
    /// </summary>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <summary>Whether the logs of processes and accounts say nothing of it: they do of the stream.</summary>
    public bool IsQuiet => NewAccounts is { Count: 0 };

    /// <summary>The accounts in whose logs it is; none where it is about an exchange or everything.</summary>
    public IEnumerable<string> LoggedAccounts => NewAccounts ?? Accounts;

    private IEnumerable<string> Accounts => Request is V1.StreamCommandsRequest stream
        ? stream.Commands.Select(CommandIntake.AccountOf).Distinct()
        : RpcRules.All.TryGetValue(Method, out RpcRule? rule) ? rule.AccountsOf(Request) : [];

    public static AuditEntry Of(
        Identity? caller, ServerCallContext context, IMessage request, IMessage? response = null,
        string outcome = "OK") => new(
            caller?.Name ?? "", context.Peer, context.Method, outcome, CorrelationIds.Of(context), request, response);

    /// <summary>The request as JSON. Of a message of the fast way: its size, its ends, its accounts, and the hash
    /// of its bytes; each of its orders is in FastPath's log.</summary>
    public string DetailJson() => Request is V1.StreamCommandsRequest stream
        ? string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"commands":{{stream.Commands.Count}},"first":{{Json.Format(stream.Commands[0])}},
            """)
            + $"\"accounts\":[{AccountsJson()}],"
            + $"\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(stream.ToByteArray()))}\"}}"
        : Json.Format(Request);

    private string AccountsJson() => string.Join(
        ',', Accounts.Select(account => $"\"{System.Text.Json.JsonEncodedText.Encode(account)}\""));
}
