using System.Text.Json;
using NATS.Client.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Text;
using Oms.Grains.Transfers;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Silo.Control;

/// <summary>
/// Asks FastPath for transfers over the silo's ring: numbers for names, mantissas for decimals. Only the silo that has
/// FastPath's events has that ring: any other asks that one over NATS, and while there is none nothing is taken.
/// </summary>
internal sealed class TransferDesk(INatsConnection nats) : ITransferDesk
{
    public const string Subject = "oms.silo.transfers";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);
    private static readonly byte[] Taken = "taken"u8.ToArray();
    private static readonly byte[] NotTaken = "not taken"u8.ToArray();

    private volatile Way? _way;

    /// <summary>From here on requests are taken.</summary>
    public void Open(CommandLink link, ListingDirectory listings) => _way = new(link, listings);

    public Task<bool> TryAsk(string id, TransferOrder order, long intentUnixNanos)
    {
        var request = new TransferRequest(id, order, intentUnixNanos);
        return _way is { } way ? TryAsk(way, request) : TryForward(request);
    }

    /// <summary>Answers the silos that do not feed; returns when it is canceled.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (NatsMsg<byte[]> message in nats.SubscribeAsync<byte[]>(
                Subject, cancellationToken: cancellation))
            {
                if (message.ReplyTo is not null)
                {
                    bool isTaken = _way is { } way && Read(message.Data) is { } request && await TryAsk(way, request);
                    await message.ReplyAsync(isTaken ? Taken : NotTaken, cancellationToken: cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was asked to end.
        }
    }

    /// <summary>Null for what a silo of another version says otherwise.</summary>
    private static TransferRequest? Read(byte[]? json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TransferRequestContext.Default.TransferRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<bool> TryForward(TransferRequest request)
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        try
        {
            NatsMsg<byte[]> answer = await nats.RequestAsync<byte[], byte[]>(
                Subject,
                JsonSerializer.SerializeToUtf8Bytes(request, TransferRequestContext.Default.TransferRequest),
                cancellationToken: limit.Token);
            return answer.Data.AsSpan().SequenceEqual(Taken);
        }
        catch (Exception failure) when (failure is NatsException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> TryAsk(Way way, TransferRequest request)
    {
        if (way.Link.TryOpen() is not { } commands)
        {
            return false;
        }

        TransferOrder order = request.Order;

        // What has no number here is FastPath's to refuse, under a number that nothing has.
        AccountId from = way.Listings.TryFindAccount(order.From, out AccountDefined sender)
            ? sender.Header.AccountId
            : AccountId.None;
        AccountId to = way.Listings.TryFindAccount(order.To, out AccountDefined receiver)
            ? receiver.Header.AccountId
            : AccountId.None;
        bool isKnown = way.Listings.TryFindAsset(order.Asset, out AssetDefined asset) && !from.IsNone;
        return isKnown && await commands.OfferAsync(new StartTransfer
        {
            Header = MessageHeader.For<StartTransfer>(from),
            ToAccountId = to,
            AssetId = asset.AssetId,
            FromWallet = order.FromWallet,
            ToWallet = order.ToWallet,
            Amount = Mantissa.Of(order.Amount, asset.Decimals),
            CorrelationId = 0,
            ClientTransferId = Text32.Of(request.Id),
            IntentUnixNanos = request.IntentUnixNanos,
        }) == OfferResult.Accepted;
    }

    private sealed record Way(CommandLink Link, ListingDirectory Listings);
}
