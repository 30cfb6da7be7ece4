using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>
/// Options of endpoints set on a socket: stored, pushed to the endpoints there are, applied to those that come
/// (core sheet 3.6; support is decided by name only, and equal values are applied again, W-17).
/// </summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class SpSocketOptions
{
    private readonly Lock _lock = new();

    /// <summary>The storable options with their checks; the owner is this object.</summary>
    private readonly OptionTable<SpSocketOptions> _table;

    private readonly Dictionary<string, OptionValue> _values = [];

    public SpSocketOptions(SpPolicy policy)
    {
        _table = new OptionTable<SpSocketOptions>(
            Row(OptionNames.ReceiveMaxSize, OptionType.Size, 0, uint.MaxValue),
            Row(OptionNames.ReconnectTimeMin, OptionType.Duration, -1, int.MaxValue),
            Row(OptionNames.ReconnectTimeMax, OptionType.Duration, -1, int.MaxValue),
            Row(OptionNames.TcpNoDelay, OptionType.Boolean, 0, 1),
            Row(OptionNames.TcpKeepAlive, OptionType.Boolean, 0, 1),
            Row(OptionNames.IpcPermissions, OptionType.Int32, 0, 0xfff),
            TlsRow(OptionNames.TlsConfig, OptionType.Object),
            TlsRow(OptionNames.TlsAuthMode, OptionType.Int32, 2),
            TlsRow(OptionNames.TlsCaFile, OptionType.Text),
            TlsRow(OptionNames.TlsCertKeyFile, OptionType.Text),
            TlsRow(OptionNames.TlsServerName, OptionType.Text));
        _values[OptionNames.ReceiveMaxSize] = OptionValue.Size(policy.ReceiveMaxSize);
        _values[OptionNames.ReconnectTimeMin] = OptionValue.Duration(1000);
        _values[OptionNames.ReconnectTimeMax] = OptionValue.Duration(0);
        _values[OptionNames.TcpNoDelay] = OptionValue.Boolean(true);
        _values[OptionNames.TcpKeepAlive] = OptionValue.Boolean(false);
    }

    public NngError Get(string name, out OptionValue value)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(name, out value))
                return NngError.None;
        }

        return _table.Get(this, name, out value);
    }

    /// <summary>Checks and stores a value and gives it to the endpoints that know the option.</summary>
    public NngError Set(string name, OptionValue value, SpEndpoint[] endpoints)
    {
        NngError error = _table.Set(this, name, ref value);
        if (error != NngError.None)
            return error;
        foreach (SpEndpoint endpoint in endpoints)
        {
            error = endpoint.SetOption(name, value);
            if (error is not (NngError.None or NngError.NotSupported or NngError.NotFound) && !IsForOthers(name, error))
                return error;
        }

        lock (_lock)
            _values[name] = value;
        return NngError.None;
    }

    /// <summary>Gives all stored values to a new endpoint.</summary>
    public NngError ApplyAll(SpEndpoint endpoint)
    {
        KeyValuePair<string, OptionValue>[] values;
        lock (_lock)
            values = [.. _values];
        foreach (KeyValuePair<string, OptionValue> pair in values)
        {
            NngError error = endpoint.SetOption(pair.Key, pair.Value);
            if (error is not (NngError.None or NngError.NotSupported) && !IsForOthers(pair.Key, error))
                return error;
        }

        return NngError.None;
    }

    /// <summary>
    /// A TLS configuration is for dialers or for listeners: those of the other mode keep their own. So does an endpoint
    /// whose limit is fixed by its start.
    /// </summary>
    private static bool IsForOthers(string name, NngError error) =>
        (name == OptionNames.TlsConfig && error == NngError.InvalidArgument)
        || (name == OptionNames.ReceiveMaxSize && error == NngError.Busy);

    private static OptionRow<SpSocketOptions> Row(string name, OptionType type, long min, long max) => new()
    {
        Name = name,
        Type = type,
        Min = min,
        Max = max,
        Set = Check,
    };

    /// <summary>Who asks an endpoint without TLS for its configuration learns that it has none.</summary>
    private static OptionRow<SpSocketOptions> TlsRow(string name, OptionType type, long max = 0) => new()
    {
        Name = name,
        Type = type,
        Min = 0,
        Max = max,
        TryGet = NotThere,
        Set = Check,
    };

    private static NngError Check(SpSocketOptions owner, OptionValue value) =>
        value.Type == OptionType.Object && value.Reference is null ? NngError.InvalidArgument : NngError.None;

    private static NngError NotThere(SpSocketOptions owner, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }
}
