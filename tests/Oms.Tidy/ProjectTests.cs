using System.Xml.Linq;

namespace Oms.Tidy;

/// <summary>Which project may know which, and what belongs to a project.</summary>
public sealed class ProjectTests
{
    /// <summary>The directions of the architecture: a project, and what it may reference.</summary>
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Oms.Domain"] = [],
        ["Oms.Configuration"] = ["Oms.Domain"],
        ["Oms.Matching"] = ["Oms.Domain"],
        ["Oms.Engine"] = ["Oms.Domain", "Oms.Matching"],
        ["Oms.SharedMemory"] = ["Oms.Domain"],
        ["Oms.Journal"] = ["Oms.Domain"],
        ["Oms.FastPath"] =
            ["Oms.Domain", "Oms.Configuration", "Oms.Engine", "Oms.SharedMemory", "Oms.Journal"],
        ["Oms.Exchanges"] = ["Oms.Domain"],
        ["Oms.Keys"] = ["Oms.Domain"],
        ["Oms.Logging"] = ["Oms.Domain"],
        ["Oms.Connectors"] =
            ["Oms.Domain", "Oms.Configuration", "Oms.Exchanges", "Oms.Keys", "Oms.Logging", "Oms.SharedMemory"],
        ["Oms.ExchangeSimulator"] = ["Oms.Domain", "Oms.Matching"],
        ["Oms.Grains.Abstractions"] = ["Oms.Domain"],
        ["Oms.Grains"] = ["Oms.Domain", "Oms.Grains.Abstractions", "Oms.SharedMemory"],
        ["Orleans.JetStream"] = ["NATS.NKeys"],
        ["NATS.NKeys"] = [],
        ["Oms.Silo"] =
        [
            "Oms.Domain", "Oms.Configuration", "Oms.Grains", "Oms.Grains.Abstractions", "Oms.Journal",
            "Oms.Logging", "Oms.SharedMemory", "Orleans.JetStream", "NATS.NKeys",
        ],
        ["Oms.Gateway"] =
        [
            "Oms.Domain", "Oms.Configuration", "Oms.Grains.Abstractions", "Oms.Journal", "Oms.Logging",
            "Oms.SharedMemory", "Orleans.JetStream", "NATS.NKeys",
        ],
        ["Oms.Backtest"] = ["Oms.Domain", "Oms.Engine"],
        ["Oms.Cli"] =
        [
            "Oms.Domain", "Oms.Configuration", "Oms.Engine", "Oms.Journal", "Oms.Keys", "Oms.Logging",
            "Oms.SharedMemory", "Oms.Backtest",
        ],
    };

    /// <summary>The core and what it stands on: no actors, no messaging, no API, no logger.</summary>
    private static readonly string[] Core =
        ["Oms.Domain", "Oms.Matching", "Oms.Engine", "Oms.SharedMemory", "Oms.Journal", "Oms.FastPath"];

    private static readonly string[] NotInTheCore =
        ["Orleans", "NATS", "Grpc", "Google", "Serilog", "Microsoft.Extensions", "Microsoft.AspNetCore"];

    private static readonly string[] MayBeUnsafe =
        ["Oms.SharedMemory", "Oms.Matching", "Oms.Engine", "Oms.Journal", "Oms.FastPath"];

    /// <summary>Of these, the benchmarks time parts that nobody else can call.</summary>
    private static readonly string[] MeasuredInParts =
        ["Oms.Engine", "Oms.Exchanges", "Oms.FastPath", "Oms.Journal", "Oms.Silo"];

    /// <summary>
    /// Whose inside the simulation drives and compares: the state, the disk under the log, the duty cycle.
    /// </summary>
    private static readonly string[] Simulated = ["Oms.Engine", "Oms.Journal", "Oms.FastPath"];

    private static readonly string[] TopLevelFolders =
        ["src", "proto", "configs", "deploy", "tests", "bench", "docs", "perf"];

    private static readonly string[] NotNames =
        ["Common", "Shared", "Core", "Utils", "Helpers", "Infrastructure", "Application", "Misc"];

    private static IEnumerable<ProjectFile> SourceProjects =>
        Tree.Projects.Where(project => project.IsSource);

    [Fact]
    public void Every_project_references_only_what_it_may() => Rule.Holds(
        "move the code to where it may know what it uses; a new direction is a line in the table",
        from project in SourceProjects
        let allowed = MayReference.GetValueOrDefault(project.Name, [])
        from reference in project.References
        where !allowed.Contains(reference)
        select $"{project.Path} references {reference}");

    [Fact]
    public void Every_project_is_in_the_table() => Rule.Holds(
        "say in the table what the project may reference",
        from project in SourceProjects
        where !MayReference.ContainsKey(project.Name)
        select project.Path);

    [Fact]
    public void Nothing_references_an_executable() => Rule.Holds(
        "move what is shared to a library",
        from project in SourceProjects
        from reference in project.References
        where SourceProjects.Any(other => other.Name == reference && other.IsExecutable)
        select $"{project.Path} references {reference}");

    [Fact]
    public void Configuration_is_read_by_executables_only() => Rule.Holds(
        "take the values from Oms.Domain.Configuration; the executable reads the files",
        SourceProjects
            .Where(project => !project.IsExecutable && project.References.Contains("Oms.Configuration"))
            .Select(project => project.Path));

    [Fact]
    public void The_core_knows_no_actors_messaging_api_or_logger() => Rule.Holds(
        "decide in the core, speak to the world in the process around it",
        from project in SourceProjects
        where Core.Contains(project.Name)
        from package in project.Packages
        where NotInTheCore.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal))
        select $"{project.Path} needs {package}");

    [Fact]
    public void The_domain_needs_no_package_and_the_simulator_judges_by_itself() => Rule.Holds(
        "the domain is plain C#; the simulator keeps its own statuses, filters and signatures",
        SourceProjects
            .Where(project => project.Name == "Oms.Domain" && project.Packages.Any())
            .Concat(SourceProjects.Where(project => project.Name == "Oms.ExchangeSimulator"
                && project.References.Any(reference => reference is "Oms.Engine" or "Oms.Exchanges")))
            .Select(project => project.Path));

    [Fact]
    public void Only_the_fast_path_is_unsafe() => Rule.Holds(
        "use spans and MemoryMarshal",
        from project in SourceProjects
        where project.IsUnsafe && !MayBeUnsafe.Contains(project.Name)
        select project.Path);

    [Fact]
    public void Internals_are_seen_by_the_projects_own_tests_only() => Rule.Holds(
        "make public what others use, or test it through what is public",
        from project in SourceProjects
        from friend in project.InternalsVisibleTo
        where friend != project.Name + ".Tests"
            && !(friend == "Oms.Simulation" && Simulated.Contains(project.Name))
            && !(friend == "Oms.Bench" && MeasuredInParts.Contains(project.Name))
        select $"{project.Path} opens itself to {friend}");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Tree.Read("CryptoOms.sln").Replace('\\', '/');
        Rule.Holds(
            "dotnet sln CryptoOms.sln add <project>",
            Tree.Projects.Select(project => project.Path).Where(path => !solution.Contains($"\"{path}\"")));
    }

    [Fact]
    public void Every_project_has_a_lock_file() => Rule.Holds(
        "restore the project and commit its packages.lock.json",
        Tree.Projects
            .Select(project => Path.Combine(Path.GetDirectoryName(project.Path) ?? "", "packages.lock.json"))
            .Where(path => !Tree.Exists(path)));

    [Fact]
    public void Package_versions_are_sorted_and_central()
    {
        var props = XDocument.Parse(Tree.Read("Directory.Packages.props"));
        IEnumerable<string> unsorted =
            from itemGroup in props.Descendants("ItemGroup")
            let packages = itemGroup.Elements("PackageVersion")
            let names = packages.Select(package => package.Attribute("Include")?.Value).ToArray()
            where !names.SequenceEqual(names.Order(StringComparer.OrdinalIgnoreCase))
            select $"Directory.Packages.props: {string.Join(", ", names)}";
        IEnumerable<string> local =
            from project in Tree.Projects
            where Tree.Read(project.Path).Contains(" Version=", StringComparison.Ordinal)
            select project.Path;
        Rule.Holds(
            "sort the group by name, and put versions into Directory.Packages.props", unsorted.Concat(local));
    }

    [Fact]
    public void Top_level_folders_are_the_known_ones() => Rule.Holds(
        $"put it under one of {string.Join(", ", TopLevelFolders)}",
        Tree.Files
            .Where(path => path.Contains('/'))
            .Select(path => path.Split('/')[0])
            .Distinct()
            .Where(folder => !TopLevelFolders.Contains(folder)));

    [Fact]
    public void Folders_are_named_for_what_is_in_them() => Rule.Holds(
        "name the folder or project for the noun that its types share",
        from path in Tree.Files
        where path.EndsWith(".cs", StringComparison.Ordinal)
        where path.Split('/')[..^1].SelectMany(folder => folder.Split('.')).Any(NotNames.Contains)
        select path);
}
