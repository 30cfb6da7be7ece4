using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Asks all its peers at once and receives their answers until a deadline. Peers are <see cref="RespondentSocket"/>s. C function: <c>nng_surveyor0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class SurveyorSocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public SurveyorSocket(SurveyorSocketOptions? options = null)
        : base(static socket => new SurveyorProtocol(socket), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Opens an independent surveyor on the socket's connections. C function: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public NngContext OpenContext() => new(OpenInnerContext());
}
