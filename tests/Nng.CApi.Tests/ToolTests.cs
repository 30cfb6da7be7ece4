using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>Debian's unmodified tools run on our library, against themselves on the original one and against each other.</summary>
public sealed class ToolTests
{
    public static TheoryData<string, string, string, bool, bool> Pairs()
    {
        var pairs = new TheoryData<string, string, string, bool, bool>();
        foreach ((bool left, bool right) in ((bool, bool)[])[(true, true), (true, false), (false, true)])
        {
            pairs.Add("nngcat", "--pull0", "--push0", left, right);
            pairs.Add("nngcat", "--sub0 --subscribe=", "--pub0", left, right);
            pairs.Add("nngcat", "--pair0", "--pair0", left, right);
            pairs.Add("nngcat", "--pair1", "--pair1", left, right);
            pairs.Add("nngcat", "--bus0", "--bus0", left, right);
            pairs.Add("nngcat", "--rep0 --data=answer", "--req0", left, right);
            pairs.Add("nngcat", "--respondent0 --data=answer", "--surveyor0", left, right);
            pairs.Add("nanocat", "--pull", "--push", left, right);
            pairs.Add("nanocat", "--sub", "--pub", left, right);
            pairs.Add("nanocat", "--pair", "--pair", left, right);
            pairs.Add("nanocat", "--rep --data=answer", "--req", left, right);
        }

        return pairs;
    }

    [NativeTheory]
    [MemberData(nameof(Pairs))]
    public async Task A_message_crosses(string tool, string receiver, string sender, bool oursReceives, bool oursSends)
    {
        string url = $"ipc:///tmp/nng-capi-tool-{Guid.NewGuid():N}.sock";
        string bind = tool == "nngcat" ? "--listen=" : "--bind=";
        string connect = tool == "nngcat" ? "--dial=" : "--connect=";
        using Process listening = Start(tool, $"{receiver} {bind}{url} --quoted", oursReceives);
        while (!ToolRun.IsServing(url["ipc://".Length..]))
        {
            if (listening.HasExited)
                Assert.Fail($"{tool} ended with {listening.ExitCode}: {await listening.StandardError.ReadToEndAsync()}");
            await Task.Delay(10);
        }

        using Process sending = Start(tool, $"{sender} {connect}{url} --data=hello --delay=1 --interval=1", oursSends);
        try
        {
            string? line = await listening.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains("hello", line, StringComparison.Ordinal);
        }
        finally
        {
            listening.Kill();
            sending.Kill();
            await listening.WaitForExitAsync();
            await sending.WaitForExitAsync();
            File.Delete(url["ipc://".Length..]);
        }
    }

    private static Process Start(string tool, string arguments, bool ours)
    {
        var start = new ProcessStartInfo(ToolRun.PathOf(tool), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (ours)
            start.Environment["LD_LIBRARY_PATH"] = Native.LibraryFolder;
        else
            start.Environment.Remove("LD_LIBRARY_PATH");
        return Process.Start(start)!;
    }
}
