using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Engine.Tests;

/// <summary>Transfers in a script: what is wanted, and what the exchange says of it.</summary>
internal sealed class ScriptTransfers(Desk desk)
{
    public bool TrySend(string verb, string[] words)
    {
        switch (verb)
        {
            case "transfer":
                Start(words);
                return true;
            case "moved":
                desk.Send(Say.Moved(
                    ScriptCast.AccountOf(words[0]), ScriptSetting.Asset(words[1]), ScriptSetting.Amount(words[2]),
                    words.Length > 3 ? Market.Futures : Market.Spot));
                return true;
            case "transfer-seen":
                desk.Send(Say.SeenTransfer(IdOf(words[0]), HopOf(words[0]), Enum.Parse<TransferEvidence>(words[1])));
                return true;
            case "transfer-refused":
                desk.Send(Say.RefusedTransfer(IdOf(words[0]), HopOf(words[0]), Enum.Parse<RejectReason>(words[1])));
                return true;
            case "transfer-unknown":
                desk.Send(Say.UnknownTransfer(IdOf(words[0]), HopOf(words[0])));
                return true;
            case "transfer-absent":
                desk.Send(Say.AbsentTransfer(IdOf(words[0]), HopOf(words[0])));
                return true;
            default:
                return false;
        }
    }

    /// <summary><c>transfer ID FROM[:futures] TO[:futures] AMOUNT ASSET [WANTED-MS-AGO]</c></summary>
    private void Start(string[] words) => desk.Send(Say.Transfer(
        words[0],
        AccountOf(words[1]),
        WalletOf(words[1]),
        AccountOf(words[2]),
        WalletOf(words[2]),
        ScriptSetting.Asset(words[4]),
        ScriptSetting.Amount(words[3]),
        desk.NowUnixNanos - (words.Length > 5 ? long.Parse(words[5]) * 1_000_000 : 0)));

    private static AccountId AccountOf(string place) => ScriptCast.AccountOf(place.Split(':')[0]);

    private static Market WalletOf(string place) => place.EndsWith(":futures") ? Market.Futures : Market.Spot;

    /// <summary><c>NUMBER/HOP</c></summary>
    private static TransferId IdOf(string word) => TransferId.Of(0, 1, long.Parse(word.Split('/')[0]));

    private static byte HopOf(string word) => byte.Parse(word.Split('/')[1]);
}
