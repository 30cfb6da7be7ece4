using System;

namespace Nng;

/// <summary>Initial option values of a <see cref="ReqSocket"/>.</summary>
public sealed class ReqSocketOptions : SocketOptions
{
    /// <summary>An unanswered request is sent again after this; zero or infinite never. Default: 60 s.</summary>
    public TimeSpan? ResendTime { get; set; }

    /// <summary>How often due requests are looked for, at least 1 ms. Default: 1 s.</summary>
    public TimeSpan? ResendTick { get; set; }

    internal override void Apply(NngSocket socket)
    {
        base.Apply(socket);
        Set(socket, OptionNames.ReqResendTime, ResendTime);
        Set(socket, OptionNames.ReqResendTick, ResendTick);
    }
}
