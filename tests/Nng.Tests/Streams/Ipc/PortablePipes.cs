using System;
using System.IO;
using System.IO.Pipes;
using Nng.Streams;

namespace Nng.Tests.Streams;

/// <summary>
/// Named pipes of the BCL, which on Unix are sockets at the path that is the name: a stand-in for the system's, so that
/// all that is above them runs here.
/// </summary>
internal sealed class PortablePipes : NamedPipeSystem
{
    /// <summary>What making the next instances comes to, one each; then they are made.</summary>
    public System.Collections.Generic.Queue<NngError> ServerFailures { get; } = [];

    /// <summary>How many more connects find all instances taken.</summary>
    public int BusyConnects { get; set; }

    /// <summary>Instances made.</summary>
    public int Servers { get; private set; }

    /// <summary>The descriptor that the newest instance was made with.</summary>
    public object? Security { get; private set; }

    public override NngError CreateServer(
        string name, bool isFirst, object? security, out NamedPipeServerStream? server)
    {
        server = null;
        if (ServerFailures.TryDequeue(out NngError failure))
            return failure;
        if (isFirst && File.Exists(name))
            return NngError.AddressInUse;
        server = new NamedPipeServerStream(
            name,
            PipeDirection.InOut,
            NamedPipeServerStream.MaxAllowedServerInstances,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous);
        Servers++;
        Security = security;
        return NngError.None;
    }

    public override NngError OpenClient(string name, out NamedPipeClientStream? client)
    {
        client = null;
        if (BusyConnects > 0)
        {
            BusyConnects--;
            return NngError.Busy;
        }

        var created = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            created.Connect(0);
            client = created;
            return NngError.None;
        }
        catch (TimeoutException)
        {
            created.Dispose();
            return NngError.ConnectionRefused;
        }
    }

    public override NngError GetPeerProcess(PipeStream pipe, out uint processId)
    {
        processId = (uint)Environment.ProcessId;
        return NngError.None;
    }

    public override bool IsSecurity(object? value) => value is PortablePipes;
}
