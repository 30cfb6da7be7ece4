using System;
using System.Runtime.InteropServices;

namespace Nng.CApi;

/// <summary>Chapter: URLs.</summary>
internal static unsafe class UrlExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_url_parse")]
    public static int Parse(nint* url, byte* text)
    {
        try
        {
            if (!NngUrl.TryParse(Utf8.Read(text), out NngUrl? parsed))
                return (int)NngError.InvalidArgument;
            *url = CUrl.Create(parsed);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
