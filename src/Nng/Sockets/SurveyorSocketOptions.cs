using System;

namespace Nng;

/// <summary>Initial option values of a <see cref="SurveyorSocket"/>.</summary>
public sealed class SurveyorSocketOptions : SocketOptions
{
    /// <summary>How long a survey takes answers; infinite for no deadline. Default: 1 s.</summary>
    public TimeSpan? SurveyTime { get; set; }

    internal override void Apply(NngSocket socket)
    {
        base.Apply(socket);
        Set(socket, OptionNames.SurveyorSurveyTime, SurveyTime);
    }
}
