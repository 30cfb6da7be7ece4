using Nng.Sockets;

namespace Nng;

/// <summary>A socket or context that can send; see <see cref="MessageSender"/> for the calls.</summary>
public interface IMessageSender
{
    /// <summary>The sending machinery.</summary>
    internal MessageChannel Channel { get; }
}
