using Nng.Sockets;

namespace Nng;

/// <summary>A socket or context that can receive; see <see cref="MessageReceiver"/> for the calls.</summary>
public interface IMessageReceiver
{
    /// <summary>The receiving machinery.</summary>
    internal MessageChannel Channel { get; }
}
