using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>Everybody is asked; answers count until the deadline.</summary>
internal static class Survey
{
    public static async Task RunAsync(string url)
    {
        await using var surveyor = new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromSeconds(0.5) });
        string address = surveyor.Listen(url).Url;
        await using var eager = new RespondentSocket(Tour.Options);
        await using var lazy = new RespondentSocket(Tour.Options);
        await eager.DialAsync(address);
        await lazy.DialAsync(address);
        await surveyor.WaitForPeersAsync(2);

        surveyor.Send(Tour.Bytes("who is there?"));
        Tour.Text(eager.Receive());
        eager.Send(Tour.Bytes("eager"));
        Tour.Text(lazy.Receive()); // and never answers
        var answers = new List<string>();
        try
        {
            while (true)
                answers.Add(Tour.Text(surveyor.Receive()));
        }
        catch (NngException deadline) when (deadline.Error == NngError.TimedOut)
        {
            Tour.Say("survey", $"two asked, answers by the deadline: {string.Join(", ", answers)}");
        }
    }
}
