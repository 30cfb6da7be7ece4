using System;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A server that runs through all rounds, and what asks it; or a client, and the server that it asks.</summary>
internal sealed class HttpEntrant(string name, bool isOurs, HttpServerProcess server, Func<Uri, Task<double>> load)
    : Entrant(name, isOurs)
{
    public override Task<double> RunAsync() => load(server.Url);

    public override void Dispose() => server.Dispose();
}
