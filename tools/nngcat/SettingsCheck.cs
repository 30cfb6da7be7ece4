namespace Nng.Tools.Nngcat;

/// <summary>Which options go together, checked in the original's order.</summary>
internal static class SettingsCheck
{
    /// <returns>The protocol, with <c>--pair</c> resolved: pair1, or pair0 with <c>--compat</c>.</returns>
    /// <exception cref="FatalException">The combination makes no sense.</exception>
    public static OptionId Check(Settings settings)
    {
        OptionId? given = settings.Protocol;
        if (settings.Addresses.Count == 0)
            throw new FatalException("No address specified.");
        if (settings.Compat && settings.Async)
            throw new FatalException("Options --async and --compat are incompatible.");
        if (settings.Compat && settings.Count != 0)
            throw new FatalException("Options --count and --compat are incompatible.");
        if (settings.Compat && given == OptionId.Pair1)
            throw new FatalException("Protocol does not support --compat.");
        if (settings.Topics.Count > 0 && given != OptionId.Sub)
            throw new FatalException("Protocol does not support --subscribe.");
        if (given is not { } protocol)
            throw new FatalException("No protocol specified.");
        CheckCombination(settings, protocol);
        return protocol != OptionId.Pair ? protocol : settings.Compat ? OptionId.Pair0 : OptionId.Pair1;
    }

    private static void CheckCombination(Settings settings, OptionId protocol)
    {
        bool hasData = settings.Data is not null;
        bool hasInterval = settings.IntervalSeconds >= 0;
        switch (protocol)
        {
            case OptionId.Pull or OptionId.Sub:
                if (hasData)
                    throw new FatalException("Protocol does not support --file or --data.");
                if (hasInterval)
                    throw new FatalException("Protocol does not support --interval.");
                break;
            case OptionId.Push or OptionId.Pub:
                if (settings.Format is not null)
                    throw new FatalException("Protocol does not support --format options.");
                RequireData(hasData);
                break;
            case OptionId.Req or OptionId.Surveyor:
                RequireData(hasData);
                break;
            case OptionId.Rep or OptionId.Respondent:
                if (hasInterval)
                    throw new FatalException("Protocol does not support --interval.");
                break;
            default:
                if (hasInterval && !hasData)
                    throw new FatalException("Option --interval requires either --file or --data.");
                break;
        }
    }

    private static void RequireData(bool hasData)
    {
        if (!hasData)
            throw new FatalException("Protocol requires either --file or --data.");
    }
}
