using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Oms.Domain.Accounts;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
using Orleans.Serialization;

namespace Oms.Grains.Tests;

/// <summary>What silos of different versions say to each other, as text that a review sees.</summary>
public sealed class ContractTests
{
    private const string ContractsFile = "src/Oms.Grains.Abstractions/OrleansContracts.txt";

    [Fact]
    public void The_contracts_are_those_that_were_reviewed()
    {
        string path = Path.Combine(RepositoryRoot(), ContractsFile);
        string actual = Describe(typeof(IAccountGrain).Assembly);
        if (Environment.GetEnvironmentVariable("OMS_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(
            File.ReadAllText(path) == actual,
            $"{ContractsFile} is not what the assembly says; run this test with OMS_UPDATE_SNAPSHOTS=1");
    }

    [Fact]
    public void Every_batch_comes_out_of_the_wire_as_it_went_in()
    {
        using ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        Serializer serializer = services.GetRequiredService<Serializer>();

        AccountBatch account = Batches.Account(1, 2) with
        {
            Gates = Batches.Gate(2, AccountGate.Ready, GateReason.StreamUp).Gates,
        };
        var accountAfter = serializer.Deserialize<AccountBatch>(serializer.SerializeToArray(account));
        Assert.NotNull(accountAfter);
        Assert.Equal(account.Balances.AsEnumerable(), accountAfter.Balances);
        Assert.Equal(account.Gates.AsEnumerable(), accountAfter.Gates);
        Assert.Equal((1, 2), (accountAfter.FirstSequence, accountAfter.LastSequence));

        Assert.Equal(account.Halts.AsEnumerable(), accountAfter.Halts);

        PositionBatch positions = Batches.Position(1, 3) with { Fills = [Batches.Fill(2, 1.5m, 100, 0.1m, "BNB")] };
        var positionsAfter = serializer.Deserialize<PositionBatch>(serializer.SerializeToArray(positions));
        Assert.NotNull(positionsAfter);
        Assert.Equal(positions.Positions.AsEnumerable(), positionsAfter.Positions);
        Assert.Equal(positions.Fills.AsEnumerable(), positionsAfter.Fills);
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        IEnumerable<Type> types = assembly.GetExportedTypes();
        foreach (Type type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            if (type.GetCustomAttribute<AliasAttribute>() is not { } alias)
            {
                continue;
            }

            _ = text.Append(type.IsInterface ? "grain " : "record ").Append(alias.Alias).Append('\n');
            foreach (string line in type.IsInterface ? Methods(type) : Members(type))
            {
                _ = text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Methods(Type grain) =>
        from method in grain.GetMethods().OrderBy(method => method.Name, StringComparer.Ordinal)
        let alias = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? "(no alias)"
        let taken = method.GetParameters().Select(parameter => NameOf(parameter.ParameterType))
        select $"{alias}({string.Join(", ", taken)}) : {NameOf(method.ReturnType)}";

    private static IEnumerable<string> Members(Type record) =>
        from property in record.GetProperties()
        let id = property.GetCustomAttribute<IdAttribute>()?.Id
        where id is not null
        orderby id
        select $"{id} {property.Name} : {NameOf(property.PropertyType)}";

    private static string NameOf(Type type) => type.IsGenericType
        ? type.Name[..type.Name.IndexOf('`')]
            + $"<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static string RepositoryRoot()
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory);
        for (DirectoryInfo? folder = start; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CryptoOms.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("no CryptoOms.sln above the test");
    }
}
