using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>The walls between the rooms stand; and the checks can fail.</summary>
public sealed class LayeringTests
{
    private static readonly IReadOnlyList<SourceFile> s_library = SourceFile.Under("src/Nng");

    [Fact]
    public void The_library_has_sources()
    {
        Assert.True(s_library.Count > 50, $"Only {s_library.Count} files found under {SourceFile.Root}.");
        Assert.True(s_library.SelectMany(file => CSharpCode.DeclaredTypes(file.Code)).Count() > 50);
    }

    [Fact]
    public void Every_file_sits_in_a_room() => Offences.None(Layering.Homeless(s_library));

    [Fact]
    public void Namespaces_name_the_room() => Offences.None(Layering.StrayNamespaces(s_library));

    [Fact]
    public void Type_names_are_unique() => Offences.None(Layering.RepeatedTypeNames(s_library));

    [Fact]
    public void No_room_mentions_a_type_it_must_not_know() => Offences.None(Layering.ForbiddenMentions(s_library));

    [Fact]
    public void No_room_uses_a_namespace_it_must_not_know() => Offences.None(Layering.ForbiddenUsings(s_library));

    [Theory]
    [InlineData("Core/Aio/Aio.cs", "Streams/NngStream.cs", false)]
    [InlineData("Streams/Tcp/TcpStream.cs", "Core/Aio/Aio.cs", true)]
    [InlineData("Streams/Tcp/TcpStream.cs", "Sp/SpSocket.cs", false)]
    [InlineData("Streams/Tcp/TcpStream.cs", "Http/HttpRequest.cs", false)]
    [InlineData("WebSockets/WebSocketMask.cs", "Http/HttpRequest.cs", true)]
    [InlineData("Sp/SpSocket.cs", "Streams/NngStream.cs", false)]
    [InlineData("Sp/SpSocket.cs", "Sp/Protocols/Req/ReqProtocol.cs", false)]
    [InlineData("Sp/Protocols/Req/ReqProtocol.cs", "Sp/Protocols/Rep/RepProtocol.cs", false)]
    [InlineData("Sp/Protocols/Req/ReqProtocol.cs", "Sp/Protocols/Req/ReqPipe.cs", true)]
    [InlineData("Sp/Protocols/Req/ReqProtocol.cs", "Sp/Protocols/Backtrace.cs", true)]
    [InlineData("Sp/Protocols/Backtrace.cs", "Sp/Protocols/Req/ReqPipe.cs", false)]
    [InlineData("Sp/Protocols/Req/ReqProtocol.cs", "Sp/Transports/Tcp/TcpTransport.cs", false)]
    [InlineData("Sp/Transports/Tcp/TcpTransport.cs", "Sp/Transports/Framing/StreamPipe.cs", true)]
    [InlineData("Sp/Transports/Tcp/TcpTransport.cs", "Sp/Transports/Ipc/IpcTransport.cs", false)]
    [InlineData("Sp/Transports/Framing/StreamPipe.cs", "Sp/Transports/Tcp/TcpTransport.cs", false)]
    [InlineData("Sp/Transports/Tcp/TcpTransport.cs", "Sp/Protocols/Backtrace.cs", false)]
    [InlineData("Sockets/TransportTable.cs", "Sp/Transports/Tcp/TcpTransport.cs", true)]
    [InlineData("Sp/SpSocket.cs", "Sockets/NngSocket.cs", false)]
    public void Doors_are_as_the_table_says(string from, string to, bool open)
    {
        Assert.Equal(open, Room.Of("src/Nng/" + from)!.Value.MayUse(Room.Of("src/Nng/" + to)!.Value));
    }

    [Theory]
    [InlineData("class A { PushSocket _socket; }")]
    [InlineData("class A { object M() => new PushSocket(); }")]
    [InlineData("class A : PushSocket { }")]
    [InlineData("class A { List<PushSocket> _all; }")]
    [InlineData("class A { string M() => $\"{PushSocket.Count}\"; }")]
    [InlineData("class A { void M(object o) { if (o is PushSocket) { } } }")]
    [InlineData("class A { Nng.PushSocket? M() => null; }")]
    [InlineData("class A { int PushSocket; object M(PushSocket other) => other; }")]
    public void A_mention_of_a_higher_type_is_found(string code)
    {
        Assert.Single(Layering.ForbiddenMentions([Offender("Core", code), Higher()]));
    }

    [Theory]
    [InlineData("/* PushSocket */ class A { // PushSocket\n string M() => \"PushSocket\" + @\"PushSocket \"\"x\"; }")]
    [InlineData("class A { int PushSocket { get; } int M(A a) => a.PushSocket + PushSocket; }")]
    [InlineData("enum A { None, PushSocket }")]
    [InlineData("class A { object M() => new B { PushSocket = 1 }; }")]
    [InlineData("class A { const string S = \"\"\"new PushSocket() \"quoted\" \"\"\"; char C = '\"'; char D = '\\''; }")]
    public void What_only_looks_like_a_mention_is_not_one(string code)
    {
        Assert.Empty(Layering.ForbiddenMentions([Offender("Core", code), Higher()]));
    }

    [Fact]
    public void A_file_outside_the_rooms_a_stray_namespace_and_a_forbidden_using_are_found()
    {
        Assert.Single(Layering.Homeless([new SourceFile("src/Nng/Utils/A.cs", "class A { }")]));
        Assert.Single(Layering.StrayNamespaces([new SourceFile("src/Nng/Core/A.cs", "namespace Nng.Core.Aio;\nclass A { }")]));
        Assert.Empty(Layering.StrayNamespaces([new SourceFile("src/Nng/Core/A.cs", "namespace Nng;\nclass A { }")]));
        Assert.Single(Layering.ForbiddenUsings([Offender("Sp/Protocols/Req", "using Nng.Sp.Transports;")]));
        Assert.Empty(Layering.ForbiddenUsings([Offender("Sp/Protocols/Req", "using Nng.Sp.Protocols;\nusing Nng.Core;")]));
    }

    [Fact]
    public void A_type_name_used_twice_is_found()
    {
        SourceFile a = new("src/Nng/Core/A/X.cs", "class X { class Node { } }");
        SourceFile b = new("src/Nng/Sp/X.cs", "record struct X(int N) { class Node { } }");
        SourceFile part = new("src/Nng/Core/P.One.cs", "partial class P { }");
        SourceFile otherPart = new("src/Nng/Core/P.Two.cs", "sealed partial class P { }");
        Assert.Single(Layering.RepeatedTypeNames([a, b, part, otherPart]));
    }

    [Fact]
    public void Declared_types_are_read_from_all_kinds_of_declarations()
    {
        const string Code = """
            public sealed partial class A<T> where T : class
            { struct Inner { } }
            readonly record struct B(int X);
            enum C { One }
            interface D { }
            delegate void E(int x);
            """;
        Assert.Equal(["A", "B", "C", "D", "E"], CSharpCode.DeclaredTypes(CSharpCode.Strip(Code)).Select(type => type.Name));
    }

    private static SourceFile Offender(string folder, string code) => new($"src/Nng/{folder}/Offender.cs", code);

    private static SourceFile Higher() => new("src/Nng/Sockets/PushSocket.cs", "public class PushSocket { }");
}
