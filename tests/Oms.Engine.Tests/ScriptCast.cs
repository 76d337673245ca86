using Oms.Domain.Ids;

namespace Oms.Engine.Tests;

/// <summary>Who acts in a script, and on what.</summary>
internal sealed class ScriptCast
{
    public AccountId Account { get; private set; } = Desk.Alpha;

    public InstrumentId Instrument { get; private set; } = Desk.Toy;

    public void SetAccount(string word) => Account = AccountOf(word);

    public void SetInstrument(string word) => Instrument = word switch
    {
        "btc" => Desk.BtcUsdt,
        "bnb" => Desk.BnbBtc,
        "toy" => Desk.Toy,
        "perp" => Desk.Perp,
        "paper" => Desk.Paper,
        "paper-perp" => Desk.PaperPerp,
        _ => throw new FormatException(word),
    };

    public static AccountId AccountOf(string word) => word switch
    {
        "alpha" => Desk.Alpha,
        "bravo" => Desk.Bravo,
        "delta" => Desk.Delta,
        "papa" => Desk.Papa,
        "quebec" => Desk.Quebec,
        "romeo" => Desk.Romeo,
        "sierra" => Desk.Sierra,
        "nobody" => new(99),
        "none" => AccountId.None,
        _ => throw new FormatException(word),
    };
}
