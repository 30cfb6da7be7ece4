using System;
using System.Collections.Generic;

namespace Nng.Tools.Nngcat;

/// <summary>The command line tool: sends and receives on any pattern and address.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            return Run(ByteText.Words(args));
        }
        catch (FatalException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        catch (ReaderGoneException)
        {
            return ReaderGoneException.ExitCode;
        }
    }

    private static int Run(IReadOnlyList<string> words)
    {
        var settings = new Settings();
        settings.Read(words);
        if (settings.ShowHelp)
        {
            StandardOutput.WriteLine(Help.Text);
            return 1;
        }

        if (settings.ShowVersion)
        {
            StandardOutput.WriteLine(NngVersion.Text);
            return 0;
        }

        OptionId protocol = SettingsCheck.Check(settings);
        using NngSocket socket = SocketSetup.Open(settings, protocol);
        using var interruption = new Interruption(socket);
        using StatsLine? stats = settings.Stats ? new StatsLine(socket) : null;
        try
        {
            SocketSetup.Start(settings, socket);
            var printer = new MessagePrinter(settings.Format ?? OutputFormat.None);
            new Session(settings, protocol, socket, printer, interruption.Token).Run();
        }
        catch (FatalException) when (interruption.ExitCode is not null)
        {
            // The signal has closed the socket under the operation that failed.
        }

        return interruption.ExitCode ?? 0;
    }
}
