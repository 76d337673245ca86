using System.Globalization;
using System.Text.RegularExpressions;

namespace Oms.Matching.Tests;

/// <summary>
/// Orders and what happens to them as short text.
///
///     s1:100x2+3^2@7.4   ask 1 at 100 shows 2, hides 3, shows 2 anew; of account 7 in group 4
///     b9:100x5/2@7 fok newest group
///     1=100x5-3          maker 1 traded 5 at 100, and has 3 left
///     1!100x5-3          maker 1 lost 5 to its owner
///     1+100x2-1          maker 1 shows 2 anew, and hides 1
///
/// </summary>
internal static partial class BookText
{
    public static RestingOrder Resting(string text)
    {
        GroupCollection parts = Parse(OrderPattern(), text);
        return new RestingOrder(
            Number(parts["id"]), SideOf(parts), Number(parts["price"]), Number(parts["quantity"]),
            Number(parts["hidden"]), Number(parts["peak"]), OwnerOf(parts));
    }

    public static BookOrder Arriving(string text)
    {
        string[] words = text.Split(' ');
        GroupCollection parts = Parse(OrderPattern(), words[0]);
        BookSide side = SideOf(parts);
        long price = parts["price"].Value == "any" ? BookOrder.AnyPrice(side) : Number(parts["price"]);
        return new BookOrder(Number(parts["id"]), side, price, Number(parts["quantity"]))
        {
            DisplayQuantity = Number(parts["display"]),
            Owner = OwnerOf(parts),
            Rule = words.Contains("post") ? MatchingRule.PostOnly
                : words.Contains("ioc") ? MatchingRule.ImmediateOrCancel
                : words.Contains("fok") ? MatchingRule.FillOrKill
                : MatchingRule.Rest,
            SelfTradeMode = words.Contains("newest") ? SelfTradeMode.CancelNewest
                : words.Contains("oldest") ? SelfTradeMode.CancelOldest
                : words.Contains("both") ? SelfTradeMode.CancelBoth
                : words.Contains("decrement") ? SelfTradeMode.Decrement
                : SelfTradeMode.None,
            SelfTradeScope = words.Contains("group") ? SelfTradeScope.Group : SelfTradeScope.Account,
        };
    }

    public static BookEvent Event(string text, long takerOrderId)
    {
        GroupCollection parts = Parse(EventPattern(), text);
        BookEvent.Word word = parts["word"].Value switch
        {
            "=" => BookEvent.Word.Filled,
            "!" => BookEvent.Word.Prevented,
            _ => BookEvent.Word.Replenished,
        };
        return new BookEvent(
            word, Number(parts["id"]), word == BookEvent.Word.Replenished ? 0 : takerOrderId,
            Number(parts["price"]), Number(parts["quantity"]), Number(parts["leaves"]));
    }

    /// <summary>What is between blanks; a dash stands for nothing.</summary>
    public static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "-")];

    private static GroupCollection Parse(Regex pattern, string text)
    {
        Match match = pattern.Match(text);
        Assert.True(match.Success, text);
        return match.Groups;
    }

    private static long Number(Group group) =>
        group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    private static BookSide SideOf(GroupCollection parts) =>
        parts["side"].Value == "b" ? BookSide.Bid : BookSide.Ask;

    private static OrderOwner OwnerOf(GroupCollection parts) =>
        new((uint)Number(parts["account"]), (uint)Number(parts["group"]));

    [GeneratedRegex(
        @"^(?<side>[bs])(?<id>\d+):(?<price>-?\d+|any)x(?<quantity>\d+)(/(?<display>\d+))?"
        + @"(\+(?<hidden>\d+)\^(?<peak>\d+))?(@(?<account>\d+)(\.(?<group>\d+))?)?$")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"^(?<id>\d+)(?<word>[=!+])(?<price>-?\d+)x(?<quantity>\d+)-(?<leaves>\d+)$")]
    private static partial Regex EventPattern();
}
