namespace Nng.Sp;

/// <content>Statistics scopes.</content>
internal sealed partial class SpSocket
{
    private void PublishStatistics()
    {
    }

    private void UnpublishStatistics()
    {
    }

    internal void PublishStatistics(SpEndpoint endpoint)
    {
    }

    internal void UnpublishStatistics(SpEndpoint endpoint)
    {
    }

    internal void PublishStatistics(SpPipe pipe)
    {
    }

    internal void UnpublishStatistics(SpPipe pipe)
    {
    }
}
