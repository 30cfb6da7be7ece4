using Nng.Core;

namespace Nng.Sp;

/// <content>Statistics: a scope for the socket and for each of its endpoints and pipes.</content>
internal sealed partial class SpSocket
{
    private StatScope? _scope;

    /// <summary>Dialers open now.</summary>
    public int DialerCount => CountEndpoints(dialers: true);

    /// <summary>Listeners open now.</summary>
    public int ListenerCount => CountEndpoints(dialers: false);

    private void PublishStatistics()
    {
        _scope = SpStatistics.Of(this);
        StatTree.Root.Add(_scope);
    }

    private void UnpublishStatistics() => StatTree.Root.Remove(_scope!);

    private int CountEndpoints(bool dialers)
    {
        int count = 0;
        lock (_lock)
        {
            foreach (SpEndpoint endpoint in _endpoints)
            {
                if (endpoint is SpDialer == dialers)
                    count++;
            }
        }

        return count;
    }
}
