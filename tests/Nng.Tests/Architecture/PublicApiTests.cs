using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>
/// The public surface is pinned in <c>src/Nng/PublicApi.txt</c>, so that a change is seen in review. After a change
/// that is meant, run this test once with <c>NNG_UPDATE_PUBLIC_API=1</c> and commit the file.
/// </summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "NNG_UPDATE_PUBLIC_API";

    [Fact]
    public void The_public_surface_is_the_recorded_one()
    {
        string path = Path.Combine(SourceFile.Root, "src/Nng/PublicApi.txt");
        string[] actual = [.. PublicApiText.Of(typeof(NngException).Assembly)];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
        }

        string[] recorded = File.Exists(path) ? File.ReadAllLines(path) : [];
        Offences.None(Differences(recorded, actual));
    }

    [Fact]
    public void Added_and_removed_members_are_found()
    {
        Assert.Empty(Differences(["a", "b"], ["a", "b"]));
        Assert.Equal(["- b", "+ c"], Differences(["a", "b"], ["a", "c"]).Select(line => line[..3]));
    }

    [Fact]
    public void Members_are_written_with_all_that_a_caller_can_see()
    {
        string[] lines = [.. PublicApiText.Of([typeof(Specimen<>), typeof(Specimen<>.Inner), typeof(SpecimenKind)])];
        Assert.Contains("public abstract class Nng.Tests.Architecture.Specimen<T> where T : class, System.IDisposable", lines);
        Assert.Contains("Nng.Tests.Architecture.Specimen<T>.Number : int { get; init; }", lines);
        Assert.Contains("Nng.Tests.Architecture.Specimen<T>.Limit : const int = 3", lines);
        Assert.Contains(
            "Nng.Tests.Architecture.Specimen<T>.Find(string? name, ref int at, System.ReadOnlySpan<byte> bytes, "
            + "params string[] rest) -> T?", lines);
        Assert.Contains("protected Nng.Tests.Architecture.Specimen<T>.OnEnd(int? code = null) -> void", lines);
        Assert.Contains("Nng.Tests.Architecture.SpecimenKind.Second = 2", lines);
        Assert.Contains("public readonly struct Nng.Tests.Architecture.Specimen<T>.Inner", lines);
        Assert.DoesNotContain(lines, line => line.Contains("Hidden"));
    }

    private static string[] Differences(string[] recorded, string[] actual)
    {
        return
        [
            .. recorded.Except(actual).Select(line => $"- {line}   (gone; update with {UpdateVariable}=1)"),
            .. actual.Except(recorded).Select(line => $"+ {line}   (new; update with {UpdateVariable}=1)"),
        ];
    }
}
