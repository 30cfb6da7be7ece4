using System.Collections.Generic;
using Xunit;

namespace Nng.Tests.Architecture;

public sealed class ScenarioNumbersTests
{
    /// <summary>Scenarios of the protocols sheet.</summary>
    private const int ProtocolScenarios = 220;

    /// <summary>Rows of the sheet that say "the same with": the class that derives from the scenarios.</summary>
    private static readonly Dictionary<int, string> s_repeated = new()
    {
        [52] = "PairV1ProtocolTests",
        [200] = "RespondentTests",
    };

    [Fact]
    public void Every_scenario_of_the_protocols_has_a_test_with_its_number() =>
        Offences.None(ScenarioNumbers.Missing(SourceFile.Under("tests/Nng.Tests/Sp"), ProtocolScenarios, s_repeated));

    [Fact]
    public void Numbers_are_read_from_names_alone()
    {
        SourceFile file = new("tests/T.cs", """
            class T { // S009_
                void S001_A() { Call("S004_"); }
                async Task S002_S003_B(int n) { }
                void Helper_S005_() { }
            }
            """);
        Assert.Equal([1, 2, 3], ScenarioNumbers.Of(file));
        Assert.Equal(["S004 has no test"], ScenarioNumbers.Missing([file], 4, new Dictionary<int, string>()));
        Assert.Empty(ScenarioNumbers.Missing([file], 4, new Dictionary<int, string> { [4] = "T" }));
        Assert.Single(ScenarioNumbers.Missing([file], 4, new Dictionary<int, string> { [4] = "U" }));
    }
}
