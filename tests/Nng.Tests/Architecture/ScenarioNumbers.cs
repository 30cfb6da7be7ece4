using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nng.Tests.Architecture;

/// <summary>The rule that every numbered scenario of a sheet has a test that carries its number, as pure functions.</summary>
internal static class ScenarioNumbers
{
    /// <summary>
    /// The numbers in the names of test methods, as in <c>S040_S041_Malformed_counts</c>; the letters need not be repeated,
    /// and <c>S040_to_S043</c> is four numbers.
    /// </summary>
    public static IEnumerable<int> Of(SourceFile tests, string letters)
    {
        string pattern = $@"\b(?:void|Task)\s+({letters}\d{{3}}_(?:(?:to_)?(?:{letters})?\d{{3}}_)*)\w*\s*\(";
        foreach (Match name in Regex.Matches(tests.Code, pattern))
        {
            int last = 0;
            foreach (Match number in Regex.Matches(name.Groups[1].Value, @"(?:^|_)(to_)?\D*(\d{3})"))
            {
                int here = int.Parse(number.Groups[2].Value, CultureInfo.InvariantCulture);
                for (int between = number.Groups[1].Success ? last + 1 : here; between <= here; between++)
                    yield return between;
                last = here;
            }
        }
    }

    /// <summary>The numbers from 1 to <paramref name="count"/> that no test carries and no row explains.</summary>
    /// <param name="tests">The tests of the sheet.</param>
    /// <param name="letters">What stands before a number.</param>
    /// <param name="count">Scenarios of the sheet.</param>
    /// <param name="repeated">Scenarios that repeat others on another kind: number to the class that does.</param>
    public static IEnumerable<string> Missing(
        IReadOnlyCollection<SourceFile> tests, string letters, int count, IReadOnlyDictionary<int, string> repeated)
    {
        HashSet<int> carried = [.. tests.SelectMany(file => Of(file, letters))];
        for (int number = 1; number <= count; number++)
        {
            bool isRepeated = repeated.TryGetValue(number, out string? type)
                && tests.Any(file => Regex.IsMatch(file.Code, $@"\bclass {type}\b"));
            if (!carried.Contains(number) && !isRepeated)
                yield return $"{letters}{number:000} has no test";
        }
    }
}
