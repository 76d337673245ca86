using System.Diagnostics;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Gateway.Commands;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>
/// Turns a request for an order into a command: checks what can be checked without knowing the market, in the
/// request's own words. Everything about money and limits is FastPath's to decide.
/// </summary>
internal sealed class OrderIntake(ListingNames names, PendingReplies replies)
{
    private const int SymbolLengthMax = 32;

    /// <summary>The command; or, where a name is not known, why the order is refused.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public PlaceOrder? Read(
        V1.PlaceOrderRequest request,
        long gatewayReceived,
        out ClientOrderId clientOrderId,
        out OrderRefusal refusal)
    {
        refusal = default;
        CheckForm(request);
        clientOrderId = ClientOrderIdOf(request);
        if (names.FindAccount(request.Account) is not { } account)
        {
            refusal = new(RejectReason.AccountUnknown, request.Market);
            return null;
        }

        Market market = MarketOf(request, account);
        if (names.FindInstrument(account.Exchange, market, request.Symbol) is not { } instrument)
        {
            bool isElsewhere = request.Market == V1.Market.Unspecified
                && Enum.GetValues<Market>().Any(
                    other => names.FindInstrument(account.Exchange, other, request.Symbol) is not null);
            refusal = new(
                isElsewhere ? RejectReason.MarketNotEnabled : RejectReason.InstrumentUnknown,
                (V1.Market)market);
            return null;
        }

        return new()
        {
            Header = MessageHeader.For<PlaceOrder>(account.Id),
            ClientOrderId = clientOrderId,
            InstrumentId = instrument.Id,
            Terms = new OrderTerms
            {
                Side = (Side)request.Side,
                Type = (OrderType)request.Type,
                TimeInForce = TimeInForceOf(request),
                Price = request.Type == V1.OrderType.Market
                    ? 0
                    : MantissaOf("price", request.Price, instrument.PriceDecimals),
                Quantity = MantissaOf("quantity", request.Quantity, instrument.QuantityDecimals),
            },
            CorrelationId = 0,
            Stamps = new() { GatewayReceived = gatewayReceived },
        };
    }

    /// <summary>The order that is told where it was refused before FastPath heard of it.</summary>
    public static V1.Order Refused(
        V1.PlaceOrderRequest request,
        ClientOrderId clientOrderId,
        OrderRefusal refusal,
        long unixNanos) => new()
        {
            Account = request.Account,
            Market = refusal.Market,
            Symbol = request.Symbol,
            Side = request.Side,
            Type = request.Type,
            TimeInForce = (V1.TimeInForce)TimeInForceOf(request),
            Status = V1.OrderStatus.Rejected,
            ClientOrderId = clientOrderId.ToString(),
            Quantity = request.Quantity,
            FilledQuantity = "0",
            Price = request.Price,
            RejectReason = ReasonText.Of(refusal.Reason),
            CreatedTime = ContractMapping.TimeOf(unixNanos),
            UpdatedTime = ContractMapping.TimeOf(unixNanos),
        };

    private static void CheckForm(V1.PlaceOrderRequest request)
    {
        AccountFilter.CheckName(request.Account);
        CheckSymbol(request.Symbol);
        CheckEnum("market", request.Market, isRequired: false);
        CheckEnum("side", request.Side, isRequired: true);
        CheckEnum("type", request.Type, isRequired: true);
        CheckEnum("time_in_force", request.TimeInForce, isRequired: false);
        CheckPositive("quantity", request.Quantity);
        if (request.Type == V1.OrderType.Limit)
        {
            CheckPositive("price", request.Price);
        }
        else if (request.Price.Length > 0)
        {
            throw RpcFailures.Invalid("price", "a market order has none");
        }
        else if (request.TimeInForce == V1.TimeInForce.GoodTillCancel)
        {
            throw RpcFailures.Invalid("time_in_force", "a market order is immediate or cancel");
        }
    }

    /// <exception cref="Grpc.Core.RpcException">This cannot be a symbol.</exception>
    public static void CheckSymbol(string symbol)
    {
        int slash = symbol.IndexOf('/');
        bool isSymbol = symbol.Length <= SymbolLengthMax
            && slash > 0
            && slash < symbol.Length - 1
            && symbol.All(
                character => char.IsAsciiLetterOrDigit(character) || character is '/' or ':' or '-');
        if (!isSymbol)
        {
            throw RpcFailures.Invalid("symbol", "is not BASE/QUOTE");
        }
    }

    private static void CheckEnum<TEnum>(string field, TEnum value, bool isRequired)
        where TEnum : struct, Enum
    {
        bool isUnspecified = EqualityComparer<TEnum>.Default.Equals(value, default);
        if (!Enum.IsDefined(value) || (isRequired && isUnspecified))
        {
            throw RpcFailures.Invalid(field, isUnspecified ? "is not given" : "is none that is known");
        }
    }

    private ClientOrderId ClientOrderIdOf(V1.PlaceOrderRequest request)
    {
        string text = request.ClientOrderId.Length > 0 ? request.ClientOrderId : replies.NextClientOrderId();
        return ClientOrderId.TryParse(text, out ClientOrderId id)
            ? id
            : throw RpcFailures.Invalid("client_order_id", "is not 1 to 36 characters of [A-Za-z0-9._:/-]");
    }

    private static Market MarketOf(V1.PlaceOrderRequest request, KnownAccount account)
    {
        if (request.Market != V1.Market.Unspecified)
        {
            return (Market)request.Market;
        }

        Market[] enabled = [.. account.EnabledMarkets()];
        return enabled.Length == 1
            ? enabled[0]
            : throw RpcFailures.Invalid(
                "market", $"must be given: {account.Name} has {enabled.Length} enabled");
    }

    private static TimeInForce TimeInForceOf(V1.PlaceOrderRequest request) => request.TimeInForce switch
    {
        V1.TimeInForce.GoodTillCancel => TimeInForce.GoodTillCancel,
        V1.TimeInForce.ImmediateOrCancel => TimeInForce.ImmediateOrCancel,
        V1.TimeInForce.Unspecified => request.Type == V1.OrderType.Limit
            ? TimeInForce.GoodTillCancel
            : TimeInForce.ImmediateOrCancel,
        _ => throw new UnreachableException(),
    };

    private static void CheckPositive(string field, string text)
    {
        if (text.Length == 0)
        {
            throw RpcFailures.Invalid(field, "is not given");
        }

        string[] parts = (text[0] == '-' ? text[1..] : text).Split('.');
        if (parts.Length > 2 || !parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)))
        {
            throw RpcFailures.Invalid(field, "is no decimal, digits[.digits]");
        }

        if (text[0] == '-' || !text.AsSpan().ContainsAnyInRange('1', '9'))
        {
            throw RpcFailures.Invalid(field, "is not greater than zero");
        }
    }

    private static long MantissaOf(string field, string text, int decimals) =>
        DecimalText.TryParse(text, decimals, out long mantissa)
            ? mantissa
            : throw RpcFailures.Invalid(field, $"has more than {decimals} decimals or is too large");
}
