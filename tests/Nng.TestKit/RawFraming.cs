namespace Nng.TestKit;

/// <summary>How a message is framed on a byte stream.</summary>
public enum RawFraming
{
    /// <summary>8-byte big-endian length, then the payload: tcp.</summary>
    Tcp,

    /// <summary>A byte 01, then as tcp: ipc and abstract.</summary>
    Ipc,
}
