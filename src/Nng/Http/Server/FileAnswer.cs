using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>Answers with a file: conditions, ranges, precompressed forms; the bytes are streamed, never loaded whole.</summary>
internal static class FileAnswer
{
    /// <summary>Bytes read and sent at a time.</summary>
    private const int PieceBytes = 256 * 1024;

    /// <summary>Codings in the order of preference, with the ends of their files' names.</summary>
    private static readonly (string Coding, string Suffix)[] s_codings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Serves a regular file; what is none is 404, what may not be read 403.</summary>
    /// <param name="context">The request; only GET and HEAD come here unless the application says otherwise.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="mayServe">Whether a precompressed form may be served; null for any.</param>
    public static async ValueTask SendAsync(
        HttpContext context, string path, HttpFileOptions options, Predicate<string>? mayServe = null)
    {
        string? coding = null;
        string actual = path;
        if (options.Precompressed)
            actual = Choose(context.Request.Headers["Accept-Encoding"], path, mayServe, out coding);
        SafeFileHandle? file = TryOpen(actual, out int status);
        if (file is null)
        {
            context.SetError(status);
            return;
        }

        using (file)
            await SendAsync(context, file, path, coding, options).ConfigureAwait(false);
    }

    /// <summary>Whether there is a precompressed form of the file.</summary>
    public static bool HasForm(string path) => Array.Exists(s_codings, coding => File.Exists(path + coding.Suffix));

    private static async ValueTask SendAsync(
        HttpContext context, SafeFileHandle file, string path, string? coding, HttpFileOptions options)
    {
        long total = RandomAccess.GetLength(file);
        DateTimeOffset modified = WholeSeconds(File.GetLastWriteTimeUtc(file));
        string tag = TagOf(File.GetLastWriteTimeUtc(file), total, coding);
        HttpResponse response = context.Response;
        SetHeaders(response.Headers, path, coding, tag, modified, options);
        HttpHeaders asked = context.Request.Headers;
        int status = Preconditions.Evaluate(asked, tag, modified);
        if (status == HttpStatus.NotModified)
        {
            response.Status = status;
            return;
        }

        if (status != HttpStatus.Ok)
        {
            context.SetError(status);
            return;
        }

        var part = new ByteRange(0, total);
        bool allowed = context.Request.Method == HttpMethods.Get && Preconditions.AllowRange(asked, tag, modified);
        switch (ByteRange.Parse(allowed ? asked["Range"] : null, total, out List<ByteRange> ranges))
        {
            case ByteRange.Verdict.Unsatisfiable:
                context.SetError(HttpStatus.RangeNotSatisfiable);
                context.Response.Headers.Set("Content-Range", $"bytes */{total.ToString(CultureInfo.InvariantCulture)}");
                return;
            case ByteRange.Verdict.Part when ranges.Count > 1:
                await RangeParts.SendAsync(context, file, ranges, total).ConfigureAwait(false);
                return;
            case ByteRange.Verdict.Part:
                part = ranges[0];
                response.Status = HttpStatus.PartialContent;
                response.Headers.Set("Content-Range", part.ContentRange(total));
                break;
        }

        response.Headers.Set("Content-Length", part.Length.ToString(CultureInfo.InvariantCulture));
        if (part.Length > 0 && context.Request.Method != HttpMethods.Head)
            await CopyAsync(context, file, part).ConfigureAwait(false);
    }

    /// <summary>Copies a part of a file into the response's body.</summary>
    public static async ValueTask CopyAsync(HttpContext context, SafeFileHandle file, ByteRange part)
    {
        Chunk chunk = ChunkPool.Rent((int)Math.Min(PieceBytes, part.Length));
        try
        {
            Stream body = context.ResponseBody;
            long at = part.Start;
            long left = part.Length;
            while (left > 0)
            {
                int wanted = (int)Math.Min(left, chunk.Bytes.Length);
                int count = RandomAccess.Read(file, chunk.Bytes.AsSpan(0, wanted), at);
                if (count == 0)
                    throw new NngException(NngError.ConnectionAborted, "The file became shorter while it was sent.");
                await body.WriteAsync(chunk.Bytes.AsMemory(0, count)).ConfigureAwait(false);
                at += count;
                left -= count;
            }
        }
        finally
        {
            ChunkPool.Release(chunk);
        }
    }

    private static void SetHeaders(
        HttpHeaders headers, string path, string? coding, string tag, DateTimeOffset modified, HttpFileOptions options)
    {
        headers.Set("Content-Type", options.MediaType ?? options.MediaTypes.For(path));
        headers.Set("Last-Modified", HttpDate.Format(modified));
        headers.Set("ETag", tag);
        headers.Set("Accept-Ranges", "bytes");
        if (coding is not null)
            headers.Set("Content-Encoding", coding);
        if (options.Precompressed)
            headers.Set("Vary", "Accept-Encoding");
        if (options.CacheControl is not null)
            headers.Set("Cache-Control", options.CacheControl);
        if (options.NoSniff)
            headers.Set("X-Content-Type-Options", "nosniff");
    }

    /// <summary>The best precompressed form that is accepted, there, and may be served.</summary>
    private static string Choose(string? accepted, string path, Predicate<string>? mayServe, out string? coding)
    {
        coding = null;
        string best = path;
        int bestWeight = 0;
        foreach ((string name, string suffix) in s_codings)
        {
            int weight = ContentCodings.Weight(accepted, name);
            string form = path + suffix;
            if (weight <= bestWeight || !File.Exists(form) || (mayServe is not null && !mayServe(form)))
                continue;
            bestWeight = weight;
            best = form;
            coding = name;
        }

        return best;
    }

    private static SafeFileHandle? TryOpen(string path, out int status)
    {
        status = HttpStatus.NotFound;
        try
        {
            // Opening a pipe would block.
            if ((File.GetAttributes(path) & FileAttributes.Directory) != 0 || UnixFile.IsSpecial(path))
                return null;
            return File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException)
        {
            status = HttpStatus.Forbidden;
            return null;
        }
        catch (IOException failure) when (failure is FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        {
            return null;
        }
        catch (IOException)
        {
            status = HttpStatus.InternalServerError;
            return null;
        }
    }

    /// <summary>A strong tag: other bytes have another time or length.</summary>
    private static string TagOf(DateTime modified, long length, string? coding) => string.Create(
        CultureInfo.InvariantCulture, $"\"{modified.Ticks:x}-{length:x}{(coding is null ? string.Empty : "-" + coding)}\"");

    private static DateTimeOffset WholeSeconds(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
