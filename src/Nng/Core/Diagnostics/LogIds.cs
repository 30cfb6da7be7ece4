using Microsoft.Extensions.Logging;

namespace Nng.Core;

/// <summary>The identities of all log events (core sheet, 12.4): a number for filters, the C library's text for people.</summary>
internal static class LogIds
{
    public static readonly EventId Init = new(1, "NNG-INIT");

    /// <summary>Ours: an I/O engine was asked for that there is not.</summary>
    public static readonly EventId UnknownEngine = new(2, "NNG-IO-ENGINE");

    public static readonly EventId Dial = new(10, "NNG-DIAL");

    public static readonly EventId ConnectFailed = new(11, "NNG-CONN-FAIL");

    public static readonly EventId Connect = new(12, "NNG-CONNECT");

    public static readonly EventId Listen = new(20, "NNG-LISTEN");

    public static readonly EventId BindFailed = new(21, "NNG-BIND-FAIL");

    public static readonly EventId AcceptFailed = new(22, "NNG-ACCEPT-FAIL");

    public static readonly EventId Accept = new(23, "NNG-ACCEPT");

    public static readonly EventId PipeRejected = new(30, "NNG-PIPEREJECT");

    public static readonly EventId PeerMismatch = new(31, "NNG-PEER-MISMATCH");

    public static readonly EventId PairBusy = new(32, "NNG-PAIR-BUSY");

    public static readonly EventId ReceiveMax = new(33, "NNG-RCVMAX");

    /// <summary>Ours: warnings that peers caused were too many to be logged.</summary>
    public static readonly EventId Suppressed = new(34, "NNG-SUPPRESSED");

    public static readonly EventId UdpInactive = new(35, "NNG-UDP-INACTIVE");

    public static readonly EventId UdpLinger = new(36, "NNG-UDP-LINGER");

    /// <summary>Ours: receiving failed in a way that should not be.</summary>
    public static readonly EventId UdpFailed = new(37, "NNG-UDP-FAIL");

    /// <summary>Ours: an exception came out of a callback.</summary>
    public static readonly EventId CallbackFailed = new(40, "NNG-CALLBACK");

    /// <summary>The line with which <see cref="StderrLogger"/> opens a calendar day.</summary>
    public static readonly EventId Date = new(50, "NNG-DATE");
}
