using System;
using System.Collections.Generic;
using System.IO;

namespace Nng.Tools.Nngcat;

/// <summary>The command line tool: sends and receives on any pattern and address.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (FatalException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static int Run(IReadOnlyList<string> args)
    {
        var settings = new Settings();
        settings.Read(args);
        if (settings.ShowHelp)
        {
            Console.Out.Write(Help.Text);
            return 1;
        }

        if (settings.ShowVersion)
        {
            Console.Out.WriteLine(NngVersion.Text);
            return 0;
        }

        OptionId protocol = SettingsCheck.Check(settings);
        if (settings.WantsTls)
            throw new FatalException($"Unable to configure TLS: {NngError.NotSupported.Text()}");
        NngSocket socket = SocketSetup.Open(settings, protocol);
        SocketSetup.Start(settings, socket);
        using Stream output = Console.OpenStandardOutput();
        using StatsLine? stats = settings.Stats ? new StatsLine(socket) : null;
        new Session(settings, protocol, socket, new MessagePrinter(output, settings.Format ?? OutputFormat.None)).Run();
        return 0;
    }
}
