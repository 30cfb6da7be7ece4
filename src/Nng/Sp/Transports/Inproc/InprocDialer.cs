using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>Connects to an in-process name: refused at once when nobody listens, else waits for an accept.</summary>
/// <remarks>Threading: the listener found queues the connect; this object only knows which.</remarks>
internal sealed class InprocDialer(SpDialer owner) : SpTransportDialer
{
    public SpDialer Owner => owner;

    public override bool LimitsMessageSize => false;

    public override void Connect(Aio aio)
    {
        if (!aio.Begin())
            return;
        InprocListener? listener = InprocTransport.Find(InprocTransport.KeyOf(owner.Url));
        if (listener is null)
            aio.Finish(NngError.ConnectionRefused);
        else
            listener.Connect(this, aio);
    }

    public override NngError GetOption(string name, out OptionValue value) => InprocOptions.Get(owner, name, out value);

    public override NngError SetOption(string name, OptionValue value) => InprocOptions.Set(owner, name, value);
}
