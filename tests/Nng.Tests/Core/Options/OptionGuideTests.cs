using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Nng.Core;
using Nng.Sp;
using Nng.Tests.Architecture;
using Xunit;

namespace Nng.Tests.Core;

public sealed class OptionGuideTests
{
    public static IEnumerable<object[]> Names() =>
        typeof(OptionNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new[] { field.GetValue(null)! });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_is_known(string name)
    {
        Assert.NotNull(OptionGuide.Find(name));
        Assert.Contains(OptionGuide.Find(name)!.Value.Of, OptionGuide.OfFailure(NngError.NotSupported, name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_of_options_lists_it(string name) =>
        Assert.Contains($"`{name}", File.ReadAllText(Path.Combine(SourceFile.Root, "docs/guide/options.md")));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_an_option_is_said_to_take_is_what_it_has(string name)
    {
        string takes = OptionGuide.Find(name)!.Value.Takes;
        foreach (NngSocket socket in Sockets())
        {
            using (socket)
            {
                if (socket.Inner.GetOption(name, out OptionValue value) != NngError.None)
                    continue;
                if (takes.StartsWith("nothing", StringComparison.Ordinal))
                    Assert.Equal(NngError.ReadOnly, ReadOnlyOrUnsettable(socket, name, value));
                else
                    Assert.StartsWith(Word(value.Type), takes);
            }
        }
    }

    [Fact]
    public void Unknown_names_are_called_so()
    {
        Assert.Null(OptionGuide.Find("no-such"));
        Assert.Contains("no option has this name", OptionGuide.OfFailure(NngError.NotSupported, "no-such"));
        Assert.Equal("Object closed.", OptionGuide.OfFailure(NngError.Closed, "no-such"));
    }

    [Fact]
    public void An_error_that_says_all_is_left_as_it_is() =>
        Assert.Equal("Object closed.", OptionGuide.OfFailure(NngError.Closed, OptionNames.MaxTtl));

    private static NngSocket[] Sockets() =>
        [new ReqSocket(), new SubSocket(), new SurveyorSocket(), new Pair1PolySocket(), new PushSocket()];

    private static NngError ReadOnlyOrUnsettable(NngSocket socket, string name, OptionValue value) =>
        socket.Inner.SetOption(name, value);

    private static string Word(OptionType type) => type switch
    {
        OptionType.Boolean => "a bool",
        OptionType.Int32 => "an int",
        OptionType.Size => "a long",
        OptionType.Duration => "a TimeSpan",
        OptionType.Text => "a string",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unexpected"),
    };
}
