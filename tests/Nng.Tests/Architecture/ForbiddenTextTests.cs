using System.Linq;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>Nothing unfinished is shipped and nothing is silenced without a reason; and the check can fail.</summary>
public sealed class ForbiddenTextTests
{
    [Fact]
    public void Shipped_code_has_no_forbidden_text()
    {
        Offences.None(SourceFile.Under("src").Concat(SourceFile.Under("tools")).SelectMany(ForbiddenText.In));
    }

    [Fact]
    public void Suppressions_carry_their_reason()
    {
        string[] folders = ["src", "tools", "bench", "samples", "tests"];
        Offences.None(folders.SelectMany(SourceFile.Under)
            .Where(file => !file.Path.EndsWith("/ForbiddenTextTests.cs"))
            .SelectMany(ForbiddenText.UnreasonedSuppressions));
    }

    [Fact]
    public void Skipped_tests_say_why()
    {
        Offences.None(SourceFile.Under("tests")
            .Where(file => !file.Path.EndsWith("/ForbiddenTextTests.cs"))
            .SelectMany(ForbiddenText.UnreasonedSkips));
    }

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("/* FIXME */")]
    [InlineData("#region Fields")]
    [InlineData("class A { void M() => throw new NotImplementedException(); }")]
    [InlineData("class A { async void M() { } }")]
    [InlineData("class A { dynamic M() => 1; }")]
    [InlineData("global using System;")]
    [InlineData("class A { int _x; int M() => this._x; }")]
    public void Forbidden_text_is_found(string text)
    {
        Assert.Single(ForbiddenText.In(new SourceFile("src/Nng/Core/A.cs", text)));
    }

    [Theory]
    [InlineData("// a dynamic world, async void never ends well")]
    [InlineData("class A { string S = \"dynamic\"; A M() => this; int this[int i] => i; }")]
    public void Harmless_text_is_not(string text)
    {
        Assert.Empty(ForbiddenText.In(new SourceFile("src/Nng/Core/A.cs", text)));
    }

    [Theory]
    [InlineData("#pragma warning disable CA1000", 1)]
    [InlineData("#pragma warning disable CA1000 // The factory reads better here.", 0)]
    [InlineData("// The factory reads better here.\n#pragma warning disable CA1000", 0)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\")]", 1)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\",\n    Justification = \"Reads better.\")]", 0)]
    public void A_suppression_without_a_reason_is_found(string text, int findings)
    {
        Assert.Equal(findings, ForbiddenText.UnreasonedSuppressions(new SourceFile("src/Nng/Core/A.cs", text)).Count());
    }

    [Theory]
    [InlineData("[Fact(Skip = \"flaky\")]", 1)]
    [InlineData("[Fact(Skip = \"libnng 1.5.2 is not installed\")]", 0)]
    public void A_skip_without_a_reason_is_found(string text, int findings)
    {
        Assert.Equal(findings, ForbiddenText.UnreasonedSkips(new SourceFile("tests/A.cs", text)).Count());
    }
}
