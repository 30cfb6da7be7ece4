using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>A requester: at most one request outstanding. The socket itself is one; contexts are more.</summary>
/// <remarks>Threading: the protocol's lock guards the fields; the protocol does the work.</remarks>
internal sealed class ReqContext : SpProtocolContext, IListNode<ReqContext>
{
    private static readonly OptionTable<ReqContext> s_options = new(
        OptionRows.Duration<ReqContext>(
            OptionNames.ReqResendTime, c => c.ResendTimeMs, (c, ms) => c.ResendTimeMs = ms));

    private readonly ReqProtocol _protocol;

    public ReqContext(ReqProtocol protocol, int resendTimeMs)
    {
        _protocol = protocol;
        ResendTimeMs = resendTimeMs;
    }

    /// <summary>The option <c>req:resend-time</c>; 0 and -1 disable resending.</summary>
    public int ResendTimeMs { get; set; }

    public bool Resends => ResendTimeMs > 0;

    public ReqState State { get; set; }

    /// <summary>Id of the request while Queued or Sent.</summary>
    public uint RequestId { get; set; }

    /// <summary>The request: the send's own message while Queued, a copy to resend while Sent, else null.</summary>
    public Message? Request { get; set; }

    /// <summary>The reply while Replied.</summary>
    public Message? Reply { get; set; }

    /// <summary>The send that waits while Queued.</summary>
    public Aio? Sender { get; set; }

    /// <summary>The receive that waits, while Queued or Sent.</summary>
    public Aio? Receiver { get; set; }

    /// <summary>The pipe that carried the request last, while Sent.</summary>
    public ReqPipe? Carrier { get; set; }

    /// <summary>When the request is to be sent again, on the expirer's clock.</summary>
    public long DueMs { get; set; }

    public bool Closed { get; set; }

    IntrusiveList<ReqContext>? IListNode<ReqContext>.List { get; set; }

    ReqContext? IListNode<ReqContext>.Previous { get; set; }

    ReqContext? IListNode<ReqContext>.Next { get; set; }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError TrySend(Message message) => _protocol.TrySend(this, message);

    public override void Send(Aio aio) => _protocol.Send(this, aio);

    public override NngError TryReceive(out Message? message) => _protocol.TryReceive(this, out message);

    public override void Receive(Aio aio) => _protocol.Receive(this, aio);

    public override void Close() => _protocol.Close(this);
}
