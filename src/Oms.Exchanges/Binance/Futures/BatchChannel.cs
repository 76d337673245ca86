using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Sends orders and cancels of an account: alone, by the fastest way, where the exchange's limits let them go at once;
/// those that had to wait leave together, up to five orders or ten cancels in one request
/// (<c>/fapi/v1/batchOrders</c>, 2026-07). The exchange carries them out in no order, and answers each by itself;
/// where nothing is known of the request, nothing is known of each. Deadline and withdrawal are each one's own: what is
/// to be sent again, is sent alone.
/// </summary>
internal sealed class BatchChannel(OrderChannel channel, RestClient rest, AccountCredentials account)
{
    public const int OrdersMax = 5;
    public const int CancelsMax = 10;

    private const string Path = "/fapi/v1/batchOrders";

    private static readonly BatchRule Orders = new(OrdersMax, Weight: 5);
    private static readonly BatchRule Cancels = new(CancelsMax, Weight: 1);

    public Task<Outcome<TReply>> Place<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation) =>
        Send(new BatchSeat<TReply>(Orders, "", request.Timed(rest.Budget), read), PlaceAll, cancellation);

    /// <param name="request">Names the symbol, then the order.</param>
    public Task<Outcome<TReply>> Cancel<TReply>(
        RestRequest request, Func<byte[], TReply> read, CancellationToken cancellation)
    {
        // Those of a request are of one symbol, and named in one way.
        string group = $"{request.Parameters.First.Value} {request.Parameters.Last.Name}";
        return Send(
            new BatchSeat<TReply>(Cancels, group, request.Timed(rest.Budget), read), CancelAll, cancellation);
    }

    private async Task<Outcome<TReply>> Send<TReply>(
        BatchSeat<TReply> seat, Func<RestRequest, ImmutableArray<BatchSeat<TReply>>, RestRequest> join,
        CancellationToken cancellation)
    {
        Admission admission = await (seat.Request with { Seat = seat }).Admit(rest.Budget, cancellation);
        if (admission.IsJoined)
        {
            return await seat.Outcome.WaitAsync(cancellation);
        }

        if (!admission.IsGranted)
        {
            return rest.Judge.NotSent<TReply>();
        }

        RestRequest request = seat.Request with { Granted = admission };
        return admission.Others is { } others
            ? await SendTogether(request, [seat, .. others.Cast<BatchSeat<TReply>>()], join, cancellation)
            : await channel.Send(request, seat.Read, cancellation);
    }

    private async Task<Outcome<TReply>> SendTogether<TReply>(
        RestRequest request, ImmutableArray<BatchSeat<TReply>> seats,
        Func<RestRequest, ImmutableArray<BatchSeat<TReply>>, RestRequest> join, CancellationToken cancellation)
    {
        Outcome<byte[]> whole = new Outcome<byte[]>.Unknown("the request was given up", default);
        try
        {
            whole = await rest.Send(join(request, seats) with { IsOfSeveral = true }, body => body, cancellation);
            if (whole is Outcome<byte[]>.Refused { ErrorCode: ErrorTable.OutsideRecvWindow }
                && await rest.SynchroniseClock(cancellation))
            {
                await Task.WhenAll(seats.Select(seat => SendAlone(seat, cancellation)));
            }
        }
        finally
        {
            ImmutableArray<Outcome<TReply>> outcomes = OutcomesOf(whole, seats);
            for (int index = 0; index < seats.Length; index++)
            {
                seats[index].Tell(outcomes[index]);
            }
        }

        return await seats[0].Outcome;
    }

    private async Task SendAlone<TReply>(BatchSeat<TReply> seat, CancellationToken cancellation)
    {
        Outcome<TReply> outcome = new Outcome<TReply>.Unknown("the request was given up", default);
        try
        {
            outcome = await channel.Send(seat.Request, seat.Read, cancellation);
        }
        finally
        {
            seat.Tell(outcome);
        }
    }

    private ImmutableArray<Outcome<TReply>> OutcomesOf<TReply>(
        Outcome<byte[]> whole, ImmutableArray<BatchSeat<TReply>> seats)
    {
        Outcome<ImmutableArray<byte[]>> split = whole.Then<ImmutableArray<byte[]>>(
            (body, times) => rest.Judge.Read(body, text => Split(text, seats.Length), times));
        return split is Outcome<ImmutableArray<byte[]>>.Accepted { Reply: var answers, Times: var times }
            ? [.. seats.Select((seat, index) => OutcomeOf(answers[index], seat, times))]
            : [.. seats.Select(_ => split.Then<TReply>(
                (_, _) => throw new System.Diagnostics.UnreachableException()))];
    }

    /// <summary>An order, or an error.</summary>
    private Outcome<TReply> OutcomeOf<TReply>(byte[] answer, BatchSeat<TReply> seat, RequestTimes times)
    {
        Outcome<RestAnswer.Error?> read = rest.Judge.Read(
            answer, text => JsonSerializer.Deserialize(text, RestJson.Default.Error), times);
        return read.Then((error, _) => error is { Code: < 0 }
            ? AnswerJudge.Told(Refuse<TReply>(error, times), account)
            : rest.Judge.Read(answer, seat.Read, times));
    }

    /// <summary>As it would be answered alone.</summary>
    private Outcome<TReply> Refuse<TReply>(RestAnswer.Error error, RequestTimes times)
    {
        int status = error.Code == ErrorTable.TooManyOrders ? 429 : 400;
        return rest.Judge.Refuse<TReply>(status, error.Code, error.Msg ?? "", null, account.Id, times);
    }

    /// <exception cref="FormatException">Not an answer for each.</exception>
    private static ImmutableArray<byte[]> Split(byte[] body, int count)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement is { ValueKind: JsonValueKind.Array } answers && answers.GetArrayLength() == count
            ? [.. answers.EnumerateArray().Select(answer => Encoding.UTF8.GetBytes(answer.GetRawText()))]
            : throw new FormatException($"not {count} answers");
    }

    private static RestRequest PlaceAll<TReply>(RestRequest first, ImmutableArray<BatchSeat<TReply>> seats) =>
        first with
        {
            Path = Path,
            Weight = Orders.Weight,
            Orders = seats.Length,
            Withdrawn = default,
            Parameters = new RequestParameters().Add(
                "batchOrders", List(seats, static (json, seat) => seat.Request.Parameters.WriteTexts(json))),
        };

    private static RestRequest CancelAll<TReply>(RestRequest first, ImmutableArray<BatchSeat<TReply>> seats) =>
        first with
        {
            Path = Path,
            Weight = Cancels.Weight,
            Withdrawn = default,
            Parameters = new RequestParameters()
                .Add(first.Parameters.First.Name, first.Parameters.First.Value)
                .Add($"{first.Parameters.Last.Name}List", List(
                    seats, static (json, seat) => seat.Request.Parameters.Last.WriteValue(json))),
        };

    private static string List<TSeat>(ImmutableArray<TSeat> seats, Action<Utf8JsonWriter, TSeat> write)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (TSeat seat in seats)
            {
                write(json, seat);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
