using Nng.Core;

namespace Nng.Streams;

/// <summary>What is special about named-pipe connections: the peer's process (P-8).</summary>
internal sealed class NamedPipeStream
{
    private readonly OptionTable<NngStream> _options;

    /// <param name="system">Knows the peers.</param>
    public NamedPipeStream(NamedPipeSystem system)
    {
        _options = new OptionTable<NngStream>(
            new OptionRow<NngStream>
            {
                Name = OptionNames.LocalAddress,
                Type = OptionType.Address,
                Get = s => OptionValue.Address(s.LocalAddress),
            },
            new OptionRow<NngStream>
            {
                Name = OptionNames.RemoteAddress,
                Type = OptionType.Address,
                Get = s => OptionValue.Address(s.RemoteAddress),
            },
            new OptionRow<NngStream>
            {
                Name = OptionNames.IpcPeerPid,
                Type = OptionType.UInt64,
                TryGet = (NngStream stream, out OptionValue value) =>
                {
                    value = default;
                    if (stream.IsClosed)
                        return NngError.Closed;
                    NngError error = system.GetPeerProcess(((NamedPipeChannel)stream.Channel).Pipe, out uint process);
                    value = OptionValue.UInt64(process);
                    return error;
                },
            });
    }

    /// <summary>Both ends report the configured address (I-13).</summary>
    public NngStream Create(IoChannel channel, NngAddress address) => new(channel, address, address, _options);
}
