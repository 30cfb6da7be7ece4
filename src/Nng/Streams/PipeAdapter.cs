using System.IO.Pipelines;
using System.Threading;

namespace Nng.Streams;

/// <summary>A connection as a pair of pipes; it closes when both are completed.</summary>
internal sealed class PipeAdapter : IDuplexPipe
{
    private readonly IByteConnection _connection;

    /// <summary>Pipes that are not completed.</summary>
    private int _open = 2;

    public PipeAdapter(IByteConnection connection)
    {
        _connection = connection;
        Input = PipeReader.Create(new StreamAdapter(connection, Complete));
        Output = PipeWriter.Create(new StreamAdapter(connection, Complete));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    private void Complete()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _connection.Close();
    }
}
