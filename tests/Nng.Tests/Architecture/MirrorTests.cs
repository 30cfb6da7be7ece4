using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>Every file of the library that is not trivial has its test where a reader looks for it, or a row that says where.</summary>
public sealed class MirrorTests
{
    private const string Tests = "tests/Nng.Tests/";

    /// <summary>Covered by another test file: source file, or folder with a slash, to that file.</summary>
    private static readonly Dictionary<string, string> s_coveredElsewhere = new()
    {
        ["src/Nng/Http/Client/ClientTurn.cs"] = "tests/Nng.Tests/Http/Client/NngHttpClientTests.cs",
        ["src/Nng/Http/Client/HttpConnectionPool.cs"] = "tests/Nng.Tests/Http/Client/NngHttpClientTests.cs",
        ["src/Nng/Http/Client/HttpExchange.cs"] = "tests/Nng.Tests/Http/Client/NngHttpClientTests.cs",
        ["src/Nng/Http/HttpMessage.cs"] = "tests/Nng.Tests/Http/HttpRequestTests.cs",
        ["src/Nng/Http/HttpTransaction.cs"] = "tests/Nng.Tests/Http/HttpConnectionTests.cs",
        ["src/Nng/Core/Options/OptionNames.cs"] = Tests + "Core/Options/OptionGuideTests.cs",
        ["src/Nng/WebSockets/WebSocketDialer.cs"] = Tests + "Sp/Transports/Ws/WsDialerTests.cs",
        ["src/Nng/WebSockets/WebSocketListener.cs"] = Tests + "Sp/Transports/Ws/WsUpgradeTests.cs",
        ["src/Nng/Streams/Batching/"] = Tests + "Sp/Transports/Framing/StreamPipeSendTests.cs",
        ["src/Nng/Streams/TransferFaces.cs"] = "tests/Nng.Tests/Streams/NngStreamTests.cs",
        ["src/Nng/Streams/Tls/TlsWire.cs"] = Tests + "Streams/Tls/TlsChannelTests.cs",
        ["src/Nng/Streams/Tls/TlsEndpoint.cs"] = Tests + "Streams/Tls/TlsConfigTests.cs",
        ["src/Nng/Streams/Tls/TlsSetup.cs"] = Tests + "Streams/Tls/TlsStreamTests.cs",
        ["src/Nng/Streams/Tls/TlsTrust.cs"] = Tests + "Streams/Tls/TlsStreamTests.cs",
    };

    private static readonly IReadOnlyList<SourceFile> s_library = SourceFile.Under("src/Nng");
    private static readonly HashSet<string> s_tests = [.. SourceFile.Under("tests").Select(file => file.Path)];

    [Fact]
    public void Every_file_of_some_length_has_its_test()
    {
        Offences.None(Mirror.Missing(s_library, s_tests, s_coveredElsewhere));
    }

    [Fact]
    public void Every_row_of_the_table_is_true()
    {
        Offences.None(Mirror.StaleRows(s_library, s_tests, s_coveredElsewhere));
    }

    [Fact]
    public void A_missing_mirror_is_found()
    {
        SourceFile source = Long("src/Nng/Core/Aio/Aio.Await.cs");
        Assert.Single(Mirror.Missing([source], new HashSet<string>(), new Dictionary<string, string>()));
        Assert.Empty(Mirror.Missing([source], Set(Tests + "Core/Aio/AioAwaitTests.cs"), new Dictionary<string, string>()));
        Assert.Empty(Mirror.Missing([source], Set(Tests + "Core/Aio/AioTests.cs"), new Dictionary<string, string>()));
        Assert.Single(Mirror.Missing([source], Set(Tests + "Core/AioTests.cs"), new Dictionary<string, string>()));
        Assert.Empty(Mirror.Missing([source], Set("a"), new Dictionary<string, string> { ["src/Nng/Core/"] = "a" }));
        Assert.Empty(Mirror.Missing([source], Set("a"), new Dictionary<string, string> { [source.Path] = "a" }));
        SourceFile trivial = new("src/Nng/Core/A.cs", new string('\n', 100) + "// x\nclass A { }");
        Assert.Empty(Mirror.Missing([trivial], new HashSet<string>(), new Dictionary<string, string>()));
    }

    [Fact]
    public void A_row_that_is_not_true_is_found()
    {
        SourceFile source = Long("src/Nng/Core/A.cs");
        Dictionary<string, string> table = new() { [source.Path] = "tests/Other.cs" };
        Assert.Empty(Mirror.StaleRows([source], Set("tests/Other.cs"), table));
        Assert.Single(Mirror.StaleRows([source], new HashSet<string>(), table));
        Assert.Single(Mirror.StaleRows([], Set("tests/Other.cs"), table));
        Assert.Single(Mirror.StaleRows([source], Set("tests/Other.cs", Tests + "Core/ATests.cs"), table));
    }

    private static HashSet<string> Set(params string[] paths) => [.. paths];

    private static SourceFile Long(string path)
    {
        return new SourceFile(path, string.Join('\n', Enumerable.Repeat("int x;", Mirror.TrivialBelow)));
    }
}
