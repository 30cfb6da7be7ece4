using System;
using System.Linq;
using System.Text;
using Nng.Http;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Tests.Http;

/// <summary>Properties of canonical paths; single cases stand in <see cref="TargetParserTests"/>.</summary>
public sealed class TargetPathTests(ITestOutputHelper output)
{
    private static readonly string[] s_pieces =
        ["/", "/", "a", "bc", ".", "..", "%2e", "%2E%2e", "%2f", "%5c", "%41", "%25", "%c3%a9", "\\", "~", "%00", "%"];

    [Fact]
    public void A_canonical_path_is_rooted_flat_and_without_dot_segments()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string path = "/" + string.Concat(
                Enumerable.Range(0, random.Next(12)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            byte[] result = new byte[path.Length];
            HttpRefusal refusal = TargetPath.Canonicalize(WireReading.Bytes(path), result, out int length);
            if (refusal != HttpRefusal.None)
                continue;
            accepted++;
            string text = Encoding.UTF8.GetString(result, 0, length);
            Assert.StartsWith("/", text);
            Assert.DoesNotContain("//", text);
            Assert.DoesNotContain("\0", text);
            Assert.DoesNotContain(text.Split('/'), segment => segment is "." or "..");
            if (TargetPath.IsCanonical(WireReading.Bytes(path)))
                Assert.Equal(path, text);
        }

        Assert.True(accepted > 1000, $"{accepted} accepted");
    }
}
