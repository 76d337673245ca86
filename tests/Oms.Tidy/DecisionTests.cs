using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oms.Tidy;

/// <summary>What is decided in one place is not decided in another.</summary>
public sealed class DecisionTests
{
    /// <summary>
    /// Where a status is written down that <c>OrderLifecycle</c> did not just return, and why.
    /// </summary>
    private static readonly Dictionary<string, string> MayAssignStatus = new()
    {
        ["src/Oms.Engine/Orders/OrderEntry.cs"] = "an order begins as PendingNew",
        ["src/Oms.Engine/Orders/OrderReports.cs"] = "what never was an order is reported as Rejected",
    };

    [Fact]
    public void An_orders_status_is_decided_by_the_lifecycle() => Rule.Holds(
        "OrderLifecycle.Next(status, event)",
        from file in Tree.Source
        where file.IsIn("Oms.Engine", "Oms.Grains", "Oms.FastPath") && !MayAssignStatus.ContainsKey(file.Path)
        from assignment in file.Nodes<AssignmentExpressionSyntax>()
        where LastName(assignment.Left) == "Status" && assignment.Right.ToString().Contains(
            "OrderStatus.", StringComparison.Ordinal)
        select $"{file.At(assignment)}: {assignment}");

    [Fact]
    public void Every_place_that_may_assign_a_status_is_there() => Rule.Holds(
        "remove the line from the table",
        MayAssignStatus.Keys.Where(path => !Tree.Exists(path)));

    [Fact]
    public void Every_log_message_has_an_id_of_its_own() => Rule.Holds(
        "give the message the next free id of its project's range",
        from message in LogMessages()
        group message.Where by message.EventId into sameId
        where sameId.Count() > 1 || sameId.Key is null
        select $"{sameId.Key ?? "no id"}: {string.Join(", ", sameId)}");

    [Fact]
    public void Log_messages_are_in_one_file_per_project() => Rule.Holds(
        "move the message to Log.cs of the project",
        from message in LogMessages()
        where !message.Where.Contains("/Log.cs:", StringComparison.Ordinal)
        select message.Where);

    private static IEnumerable<(string Where, string? EventId)> LogMessages() =>
        from file in Tree.Source
        from attribute in file.Nodes<AttributeSyntax>()
        where LastName(attribute.Name) == "LoggerMessage"
        select (file.At(attribute), EventIdOf(attribute));

    private static string? EventIdOf(AttributeSyntax attribute)
    {
        IEnumerable<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? [];
        AttributeArgumentSyntax? id = arguments.FirstOrDefault(
            argument => argument.NameEquals?.Name.Identifier.Text == "EventId")
            ?? arguments.FirstOrDefault(argument => argument.NameEquals is null);
        string? number = id?.Expression.ToString().Replace("_", "", StringComparison.Ordinal);
        return int.TryParse(number, out _) ? number : null;
    }

    private static string LastName(Microsoft.CodeAnalysis.SyntaxNode node) => node.ToString().Split('.')[^1];
}
