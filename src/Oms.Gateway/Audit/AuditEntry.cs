using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Api;

namespace Oms.Gateway.Audit;

/// <summary>What is noted of a change before it is written down.</summary>
/// <param name="Caller">The name of the identity; empty where none was known.</param>
internal sealed record AuditEntry(string Caller, string Peer, string Method, string Outcome, IMessage Request)
{
    private static readonly JsonFormatter Json = new(new JsonFormatter.Settings(formatDefaultValues: false)
        .WithPreserveProtoFieldNames(true));

    public static AuditEntry Of(Identity? caller, ServerCallContext context, IMessage request, string outcome = "OK") =>
        new(caller?.Name ?? "", context.Peer, context.Method, outcome, request);

    /// <summary>The request as JSON. Of a message of the fast way: its size, its ends, its accounts, and the hash
    /// of its bytes; each of its orders is in FastPath's log.</summary>
    public string DetailJson() => Request is V1.StreamCommandsRequest stream
        ? string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"commands":{{stream.Commands.Count}},"first":{{Json.Format(stream.Commands[0])}},
            """)
            + $"\"accounts\":[{Accounts(stream)}],"
            + $"\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(stream.ToByteArray()))}\"}}"
        : Json.Format(Request);

    private static string Accounts(V1.StreamCommandsRequest stream) => string.Join(
        ',',
        stream.Commands.Select(CommandIntake.AccountOf).Distinct()
            .Select(account => $"\"{System.Text.Json.JsonEncodedText.Encode(account)}\""));
}
