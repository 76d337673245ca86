using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Sub-accounts and transfers as the wire spells them.</summary>
internal static class TransferJson
{
    public static void SubAccounts(Utf8JsonWriter json, IEnumerable<Account> subAccounts)
    {
        json.WriteStartObject();
        json.WriteStartArray("subAccounts");
        foreach (Account account in subAccounts)
        {
            json.WriteStartObject();
            json.WriteNumber("subUserId", account.UserId);
            json.WriteString("email", account.Email);
            json.WriteString("remark", account.Name);
            json.WriteBoolean("isFreeze", false);
            json.WriteNumber("createTime", 0);
            json.WriteBoolean("isManagedSubAccount", false);
            json.WriteBoolean("isAssetManagementSubAccount", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Accepted(Utf8JsonWriter json, Transfer transfer)
    {
        json.WriteStartObject();
        json.WriteNumber("tranId", transfer.TransferId);
        if (transfer.ClientTransferId is { } id)
        {
            json.WriteString("clientTranId", id);
        }

        json.WriteEndObject();
    }

    public static void History(Utf8JsonWriter json, IEnumerable<Transfer> transfers, int totalCount)
    {
        json.WriteStartObject();
        json.WriteStartArray("result");
        foreach (Transfer transfer in transfers)
        {
            json.WriteStartObject();
            json.WriteNumber("tranId", transfer.TransferId);
            json.WriteString("fromEmail", transfer.From.Email);
            json.WriteString("toEmail", transfer.To.Email);
            json.WriteString("asset", transfer.Asset);
            json.WriteString("amount", Amount.Format(transfer.Amount));
            json.WriteNumber("createTimeStamp", transfer.TimeMs);
            json.WriteString("fromAccountType", Words.Of(transfer.FromWallet));
            json.WriteString("toAccountType", Words.Of(transfer.ToWallet));
            json.WriteString("status", "SUCCESS");
            json.WriteString("clientTranId", transfer.ClientTransferId ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("totalCount", totalCount);
        json.WriteEndObject();
    }

    public static void Within(
        Utf8JsonWriter json, string type, IEnumerable<Transfer> transfers, int totalCount)
    {
        json.WriteStartObject();
        json.WriteNumber("total", totalCount);
        json.WriteStartArray("rows");
        foreach (Transfer transfer in transfers)
        {
            json.WriteStartObject();
            json.WriteString("asset", transfer.Asset);
            json.WriteString("amount", Amount.Format(transfer.Amount));
            json.WriteString("type", type);
            json.WriteString("status", "CONFIRMED");
            json.WriteNumber("tranId", transfer.TransferId);
            json.WriteNumber("timestamp", transfer.TimeMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
