using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Receives surveys and sends at most one answer to each. Peers are <see cref="SurveyorSocket"/>s. C function: <c>nng_respondent0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class RespondentSocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public RespondentSocket(SocketOptions? options = null)
        : base(static socket => new ReplierProtocol(socket, ProtocolIds.Respondent), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Opens an independent respondent on the socket's connections. C function: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public NngContext OpenContext() => new(OpenInnerContext());
}
