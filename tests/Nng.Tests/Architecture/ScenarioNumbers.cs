using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nng.Tests.Architecture;

/// <summary>The rule that every numbered scenario of a sheet has a test that carries its number, as pure functions.</summary>
internal static class ScenarioNumbers
{
    /// <summary>The numbers in the names of test methods, as in <c>S040_S041_Malformed_counts</c>.</summary>
    public static IEnumerable<int> Of(SourceFile tests) =>
        from Match name in Regex.Matches(tests.Code, @"\b(?:void|Task)\s+((?:S\d{3}_)+)\w*\s*\(")
        from Match number in Regex.Matches(name.Groups[1].Value, @"\d{3}")
        select int.Parse(number.Value, CultureInfo.InvariantCulture);

    /// <summary>The numbers from 1 to <paramref name="count"/> that no test carries and no row explains.</summary>
    /// <param name="tests">The tests of the sheet.</param>
    /// <param name="count">Scenarios of the sheet.</param>
    /// <param name="repeated">Scenarios that repeat others on another kind: number to the class that does.</param>
    public static IEnumerable<string> Missing(
        IReadOnlyCollection<SourceFile> tests, int count, IReadOnlyDictionary<int, string> repeated)
    {
        HashSet<int> carried = [.. tests.SelectMany(Of)];
        for (int number = 1; number <= count; number++)
        {
            bool isRepeated = repeated.TryGetValue(number, out string? type)
                && tests.Any(file => Regex.IsMatch(file.Code, $@"\bclass {type}\b"));
            if (!carried.Contains(number) && !isRepeated)
                yield return $"S{number:000} has no test";
        }
    }
}
