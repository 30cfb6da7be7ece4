using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>Our headers and the original's describe the same types: one file, compiled against both, prints the same.</summary>
public sealed class HeaderTests
{
    [NativeTheory]
    [InlineData("layout")]
    public void Sizes_offsets_and_constants_are_the_same(string program)
    {
        string source = Path.Combine(Native.Programs, "headers", program + ".c");
        Outcome original = Native.Run(Native.CompileAlone(source, program + "-theirs", "/usr/include"), string.Empty, null);
        Outcome ours = Native.Run(Native.CompileAlone(source, program + "-ours", Native.Headers), string.Empty, null);
        Assert.Equal(0, original.Code);
        Assert.Equal(original.Output, ours.Output);
    }

    [NativeTheory]
    [InlineData("c++")]
    [InlineData("cc")]
    public void Every_header_compiles_alone(string compiler)
    {
        foreach (string header in Directory.GetFiles(Native.Headers, "*.h", SearchOption.AllDirectories))
        {
            string language = compiler == "cc" ? "c" : "c++";
            Outcome outcome = Native.Run(compiler, $"-x {language} -Wall -Werror -fsyntax-only -I{Native.Headers} {header}", null);
            Assert.True(outcome.Code == 0, $"{header}:\n{outcome.Errors}");
        }
    }
}
