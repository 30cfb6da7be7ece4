namespace Nng;

/// <summary>Initial option values of a <see cref="SubSocket"/>.</summary>
public sealed class SubSocketOptions : SocketOptions
{
    /// <summary>A full buffer drops its oldest message, otherwise the new one. Default: true.</summary>
    public bool? PreferNew { get; set; }

    internal override void Apply(NngSocket socket)
    {
        base.Apply(socket);
        Set(socket, OptionNames.SubPreferNew, PreferNew);
    }
}
