using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Dials named pipes (transports sheet, P-6).</summary>
internal sealed class NamedPipeDialer(IpcAddress address, NamedPipeSystem system) : StreamDialer
{
    /// <summary>Between two tries while all instances are taken (P-6).</summary>
    private const int BusyPauseMs = 10;

    private readonly NamedPipeStream _streams = new(system);

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }

    public override NngError SetOption(string name, OptionValue value) => NngError.NotSupported;

    public override NngStream CreateStream(IoChannel channel) => _streams.Create(channel, address.Address);

    protected override async ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync(CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            NngError error = system.OpenClient(address.Path, out NamedPipeClientStream? client);
            if (client is not null)
                return (NngError.None, CreateStream(new NamedPipeChannel(client)));
            if (error != NngError.Busy)
                return (error, null);
            await Aio.SleepAsync(BusyPauseMs).ConfigureAwait(false);
        }
    }
}
