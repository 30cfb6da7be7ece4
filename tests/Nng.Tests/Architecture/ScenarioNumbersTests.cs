using System.Collections.Generic;
using Xunit;

namespace Nng.Tests.Architecture;

public sealed class ScenarioNumbersTests
{
    /// <summary>Scenarios of the protocols sheet.</summary>
    private const int ProtocolScenarios = 220;

    /// <summary>Scenarios of the HTTP sheet.</summary>
    private const int HttpScenarios = 204;

    /// <summary>Rows of the sheet that say "the same with": the class that derives from the scenarios.</summary>
    private static readonly Dictionary<int, string> s_repeated = new()
    {
        [52] = "PairV1ProtocolTests",
        [200] = "RespondentTests",
    };

    /// <summary>The same of the HTTP sheet.</summary>
    private static readonly Dictionary<int, string> s_repeatedHttp = new()
    {
        [45] = "HttpConnectionOverTlsTests",
        [46] = "HttpConnectionOverTlsTests",
    };

    [Fact]
    public void Every_scenario_of_the_protocols_has_a_test_with_its_number() =>
        Offences.None(ScenarioNumbers.Missing(SourceFile.Under("tests/Nng.Tests/Sp"), "S", ProtocolScenarios, s_repeated));

    [Fact]
    public void Every_scenario_of_HTTP_has_a_test_with_its_number() => Offences.None(ScenarioNumbers.Missing(
        [
            .. SourceFile.Under("tests/Nng.Tests/Http"),
            .. SourceFile.Under("tests/Nng.Tests/Conformance"),
            .. SourceFile.Under("tests/Nng.Stress.Tests/Http"),
        ],
        "HS",
        HttpScenarios,
        s_repeatedHttp));

    [Fact]
    public void Numbers_are_read_from_names_alone()
    {
        SourceFile file = new("tests/T.cs", """
            class T { // S009_
                void S001_A() { Call("S004_"); }
                async Task S002_S003_B(int n) { }
                void Helper_S005_() { }
                void S006_007_C() { }
                void S010_to_S012_S014_For_100_D() { }
            }
            """);
        Assert.Equal([1, 2, 3, 6, 7, 10, 11, 12, 14], ScenarioNumbers.Of(file, "S"));
        Assert.Empty(ScenarioNumbers.Of(file, "HS"));
        Assert.Equal(["S004 has no test"], ScenarioNumbers.Missing([file], "S", 4, new Dictionary<int, string>()));
        Assert.Empty(ScenarioNumbers.Missing([file], "S", 4, new Dictionary<int, string> { [4] = "T" }));
        Assert.Single(ScenarioNumbers.Missing([file], "S", 4, new Dictionary<int, string> { [4] = "U" }));
    }
}
