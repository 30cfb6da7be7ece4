namespace Nng.CApi;

/// <summary><c>nng_iov</c>.</summary>
internal unsafe struct CIoVector
{
    public byte* Base;
    public nuint Length;
}
