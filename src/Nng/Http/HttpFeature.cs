using System;
using System.Diagnostics.CodeAnalysis;

namespace Nng.Http;

/// <summary>
/// Whether this build has HTTP. Without, every operation that can fail ends with <see cref="NngError.NotSupported"/>
/// (http sheet, 1.1), and trimming leaves the code out.
/// </summary>
internal static class HttpFeature
{
    /// <summary>The AppContext switch; true unless set.</summary>
    public const string Switch = "Nng.Http.IsSupported";

    [FeatureSwitchDefinition(Switch)]
    public static bool IsSupported => !AppContext.TryGetSwitch(Switch, out bool supported) || supported;
}
