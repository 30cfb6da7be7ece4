using System;
using System.IO;
using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Listens on a named pipe: one instance always waits for the next client (transports sheet, P-3 to P-5).</summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards the waiting instance against the close; what waits for its client belongs to
/// whoever accepts, one at a time.
/// </remarks>
internal sealed class NamedPipeListener(IpcAddress address, NamedPipeSystem system) : StreamListener
{
    private static readonly OptionTable<NamedPipeListener> s_options = new(
        new OptionRow<NamedPipeListener>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = l => OptionValue.Address(l.LocalAddress),
        },
        new OptionRow<NamedPipeListener>
        {
            Name = OptionNames.IpcSecurityDescriptor,
            Type = OptionType.Object,
            Set = SetSecurity,
        });

    private readonly NamedPipeSystem _system = system;
    private readonly NamedPipeStream _streams = new(system);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();

    /// <summary>Whom the next client connects to; null after a failure to make one.</summary>
    private NamedPipeServerStream? _instance;

    /// <summary>The instance's wait for its client; valid while <see cref="_waits"/>.</summary>
    private ConfiguredTaskAwaitable.ConfiguredTaskAwaiter _client;

    /// <summary>The wait was begun and its outcome not looked at.</summary>
    private bool _waits;

    private object? _security;
    private NngAddress _local = NngAddress.Unspecified;

    /// <summary>The address is free again.</summary>
    private bool _shut;

    public override NngAddress LocalAddress => _local;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    protected override NngError Open()
    {
        NngError error = _system.CreateServer(address.Path, isFirst: true, _security, out _instance);
        if (error == NngError.None)
            _local = address.Address;
        return error;
    }

    protected override NngError TryAccept(out NngStream? stream)
    {
        stream = null;
        while (true)
        {
            NamedPipeServerStream? instance = _instance;
            NngError error = NngError.None;
            if (instance is null)
                error = Renew(null);
            else if (!_waits)
                error = BeginWait(instance);
            else if (!HasClient())
                error = Renew(instance);
            else if ((error = Renew(null)) == NngError.None)
                stream = _streams.Create(new NamedPipeChannel(instance), address.Address);
            if (stream is not null || error != NngError.None)
                return error;
        }
    }

    protected override void Shut()
    {
        lock (_lock)
        {
            _shut = true;
            _instance?.Dispose();
        }

        // Whoever waits for a client is called and finds that it is over.
        _end.Cancel();
    }

    private static NngError SetSecurity(NamedPipeListener listener, OptionValue value)
    {
        if (listener.IsListening)
            return NngError.Busy;
        if (!listener._system.IsSecurity(value.Reference))
            return NngError.InvalidArgument;
        listener._security = value.Reference;
        return NngError.None;
    }

    /// <summary>
    /// Puts a fresh instance in the place of one that has its client, so that there is always one (P-5), or of one that
    /// was spoilt.
    /// </summary>
    private NngError Renew(NamedPipeServerStream? spoilt)
    {
        NngError error = _system.CreateServer(address.Path, isFirst: false, _security, out NamedPipeServerStream? fresh);
        lock (_lock)
        {
            spoilt?.Dispose();
            if (_shut)
            {
                fresh?.Dispose();
                return NngError.Closed;
            }

            if (error != NngError.None && spoilt is null)
                return error;
            _instance = fresh;
            _waits = false;
            return error;
        }
    }

    /// <summary>TryAgain: the client's coming makes the call. None: it is there, or gone already.</summary>
    private NngError BeginWait(NamedPipeServerStream instance)
    {
        _waits = true;
        _client = WaitAsync(instance).ConfigureAwait(false).GetAwaiter();
        if (_client.IsCompleted)
            return NngError.None;
        // From here on the wait belongs to the call.
        _client.UnsafeOnCompleted(OnReadable);
        return NngError.TryAgain;
    }

    private Task WaitAsync(NamedPipeServerStream instance)
    {
        try
        {
            return instance.WaitForConnectionAsync(_end.Token);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return Task.FromException(failure);
        }
    }

    /// <summary>False when the client was gone before it was taken, or the listener is shut.</summary>
    private bool HasClient()
    {
        try
        {
            _client.GetResult();
            return true;
        }
        catch (Exception failure) when (
            failure is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }
}
