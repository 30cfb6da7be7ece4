using System.Threading;

namespace Nng.Sp;

/// <summary>How connection attempts and pipes of an endpoint ended (core sheet, 9.2).</summary>
/// <remarks>Threading: atomic.</remarks>
internal sealed class SpEndpointCounters
{
    private long _connections;
    private long _refused;
    private long _disconnected;
    private long _canceled;
    private long _timedOut;
    private long _protocol;
    private long _authentication;
    private long _memory;
    private long _other;
    private long _rejects;

    /// <summary>Transport connections made, those rejected afterwards included.</summary>
    public long Connections => Volatile.Read(ref _connections);

    public long Refused => Volatile.Read(ref _refused);

    public long Disconnected => Volatile.Read(ref _disconnected);

    public long Canceled => Volatile.Read(ref _canceled);

    public long TimedOut => Volatile.Read(ref _timedOut);

    public long Protocol => Volatile.Read(ref _protocol);

    public long Authentication => Volatile.Read(ref _authentication);

    public long Memory => Volatile.Read(ref _memory);

    public long Other => Volatile.Read(ref _other);

    public long Rejects => Volatile.Read(ref _rejects);

    public void CountConnection() => Interlocked.Increment(ref _connections);

    public void CountReject() => Interlocked.Increment(ref _rejects);

    public void Count(NngError error)
    {
        switch (error)
        {
            case NngError.None or NngError.Closed:
                break;
            case NngError.ConnectionAborted or NngError.ConnectionReset:
                Interlocked.Increment(ref _disconnected);
                break;
            case NngError.ConnectionRefused:
                Interlocked.Increment(ref _refused);
                break;
            case NngError.Canceled:
                Interlocked.Increment(ref _canceled);
                break;
            case NngError.TimedOut:
                Interlocked.Increment(ref _timedOut);
                break;
            case NngError.Protocol:
                Interlocked.Increment(ref _protocol);
                break;
            case NngError.PeerAuthentication or NngError.Crypto:
                Interlocked.Increment(ref _authentication);
                break;
            case NngError.OutOfMemory:
                Interlocked.Increment(ref _memory);
                break;
            default:
                Interlocked.Increment(ref _other);
                break;
        }
    }
}
