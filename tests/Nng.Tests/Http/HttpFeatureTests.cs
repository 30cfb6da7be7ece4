using System;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>A build without HTTP. The switch is the process's, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(HttpFeatureTests), DisableParallelization = true)]
[Collection(nameof(HttpFeatureTests))]
public sealed class HttpFeatureTests : IDisposable
{
    public HttpFeatureTests()
    {
        AppContext.SetSwitch(HttpFeature.Switch, false);
    }

    public void Dispose() => AppContext.SetSwitch(HttpFeature.Switch, true);

    [Fact]
    public async Task HS050_Without_HTTP_every_operation_is_refused_and_ends()
    {
        (NngStream a, NngStream b) = await StreamPairs.DialAsync("tcp");
        using var connection = new HttpConnection(a);
        Assert.Equal((NngError.NotSupported, 0, 1), Run(connection.WriteAll));
        Assert.Equal((NngError.NotSupported, 0, 1), Run(connection.Read));
        Assert.Equal((NngError.NotSupported, 0, 1), Run(aio => connection.ReadRequest(new HttpRequest(), aio)));
        Assert.Equal(
            (NngError.NotSupported, 0, 1),
            Run(aio => connection.Transact(new HttpRequest { Uri = "/" }, new HttpResponse(), aio)));
        b.Close();
    }

    private static (NngError Error, long Count, int Calls) Run(Action<Aio> operation)
    {
        int calls = 0;
        using var aio = new Aio(_ => calls++);
        aio.SetVector((ReadOnlyMemory<byte>[])[new byte[3]]);
        operation(aio);
        aio.Wait();
        return (aio.Result, aio.Count, calls);
    }
}
