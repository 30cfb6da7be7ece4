using System.Globalization;
using Nng.Core;
using Nng.Sp;

namespace Nng.Sockets;

/// <summary>
/// Words the failures of sockets and contexts: which one, what went wrong, how things stand, and what would help.
/// </summary>
internal static class MessageFailure
{
    /// <summary>The exception for a call that neither sends nor receives.</summary>
    public static NngException Of(NngError error, SpSocket socket) => new(error, $"{error.Text()} ({Name(socket, null)}).");

    /// <summary>The exception for a send or receive.</summary>
    /// <param name="error">Why it failed.</param>
    /// <param name="sending">It was a send.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="context">The context; null for the socket itself.</param>
    public static NngException Of(NngError error, bool sending, SpSocket socket, SpContext? context)
    {
        string name = Name(socket, context);
        return new NngException(error, error switch
        {
            NngError.TimedOut => TimedOut(name, sending, socket, context),
            NngError.IncorrectState => $"{error.Text()} ({name}): {(sending ? NothingToAnswer : NothingAsked)}.",
            NngError.NotSupported => $"{error.Text()}: {name} does not {(sending ? "send" : "receive")}.",
            NngError.ConnectionReset => $"{error.Text()} ({name}): {RequestLost}.",
            NngError.Protocol when sending => $"{error.Text()} ({name}): the message's header is none of this protocol.",
            _ => $"{error.Text()} ({name}).",
        });
    }

    /// <summary>The text for a dialer or listener that failed.</summary>
    /// <param name="verb">What it was to do.</param>
    /// <param name="url">Where.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="socket">Whose it is.</param>
    public static string OfEndpoint(string verb, string url, NngError error, SpSocket socket) =>
        $"Cannot {verb} '{url}' for {Name(socket, null)}: {error.Text()}" + error switch
        {
            NngError.ConnectionRefused => "; nobody listens there. DialInBackground keeps trying.",
            NngError.NotSupported => "; no transport has this scheme.",
            NngError.IncorrectState => "; it was started before.",
            _ => ".",
        };

    private const string NothingToAnswer =
        "there is nothing to answer; receive first, then send one answer, and use a context for each at a time";

    private const string NothingAsked =
        "nothing was asked that could be answered, or another receive waits for it; send first, and use a context for "
        + "each at a time";

    private const string RequestLost =
        $"the peer that had the request is gone, and option '{OptionNames.ReqResendTime}' keeps it from being sent again";

    private static string TimedOut(string name, bool sending, SpSocket socket, SpContext? context)
    {
        int peers = socket.AttachedCount;
        string state = $"{Count(peers, "peer")}, {Count(socket.Protocol.UnsentCount, "message")} unsent, "
            + $"{socket.Protocol.UnreadCount} unread";
        return $"Timed out {(sending ? "sending" : "receiving")} on {name}: {state}. "
            + $"{Cause(sending, peers, socket, context)}; {Remedy(sending, peers, socket, context)}.";
    }

    private static string Cause(bool sending, int peers, SpSocket socket, SpContext? context)
    {
        if (!sending && (context is null ? socket.Protocol : (SpChannel)context.Inner).IsDeaf)
            return "No topic is subscribed";
        if (peers == 0)
            return "Nobody is connected";
        return sending ? "No peer takes more at the moment" : "Nothing has come";
    }

    private static string Remedy(bool sending, int peers, SpSocket socket, SpContext? context)
    {
        int timeoutMs = sending ? context?.SendTimeoutMs ?? socket.SendTimeoutMs
            : context?.ReceiveTimeoutMs ?? socket.ReceiveTimeoutMs;
        string text = peers == 0 ? "wait for peers (WaitForPeersAsync), or " : "";
        text += $"allow more time ({Now(sending ? OptionNames.SendTimeout : OptionNames.ReceiveTimeout, timeoutMs)})";
        if (sending && socket.Protocol.GetOption(OptionNames.SendBuffer, out OptionValue depth) == NngError.None)
            text += $" or room in the buffer (option '{OptionNames.SendBuffer}', now {depth.Int})";
        NngError survey = context?.GetOption(OptionNames.SurveyorSurveyTime, out OptionValue time)
            ?? socket.Protocol.GetOption(OptionNames.SurveyorSurveyTime, out time);
        if (!sending && survey == NngError.None)
            text += $", or let the survey last longer ({Now(OptionNames.SurveyorSurveyTime, time.Int)})";
        return text;
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Now(string option, int milliseconds)
    {
        string value = milliseconds < 0 ? "infinite" : milliseconds.ToString(CultureInfo.InvariantCulture) + " ms";
        return $"option '{option}', now {value}";
    }

    /// <summary>For people: kind, id, and the name if one was given.</summary>
    private static string Name(SpSocket socket, SpContext? context)
    {
        string name = $"{socket.Info.SelfName} socket {socket.Id}";
        if (socket.Name != socket.Id.ToString(CultureInfo.InvariantCulture))
            name += $" '{socket.Name}'";
        return context is null ? name : $"context {context.Id} of {name}";
    }
}
