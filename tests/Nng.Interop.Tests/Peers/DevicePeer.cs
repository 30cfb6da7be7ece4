using System;
using System.Threading.Tasks;

namespace Nng.Interop.Tests.Peers;

/// <summary>A device between two raw sockets, ours or libnng's, running until it is disposed.</summary>
internal sealed class DevicePeer : IDisposable
{
    private readonly Task _running;

    /// <summary>Starts it.</summary>
    /// <param name="who">Whose device it is.</param>
    /// <param name="asker">The protocol of who asks, which its back speaks.</param>
    /// <param name="answerer">The protocol of who answers, which its front speaks.</param>
    public DevicePeer(string who, string asker, string answerer)
    {
        Front = Party.OpenRaw(who, answerer);
        Back = Party.OpenRaw(who, asker);
        _running = Background.Run(Forward);
    }

    /// <summary>The end towards who asks.</summary>
    public Party Front { get; }

    /// <summary>The end towards who answers.</summary>
    public Party Back { get; }

    public void Dispose()
    {
        Front.Dispose();
        Back.Dispose();
        _running.Wait(Party.TimeoutMs);
    }

    private void Forward()
    {
        if (Front is LibnngParty front && Back is LibnngParty back)
            Libnng.Device(front.Socket, back.Socket);
        else
            _ = Device.Run(((OurParty)Front).Socket, ((OurParty)Back).Socket);
    }
}
