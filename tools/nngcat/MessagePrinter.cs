using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Nng.Tools.Nngcat;

/// <summary>Prints messages to a stream in one of the formats, flushed after each.</summary>
internal sealed class MessagePrinter(Stream output, OutputFormat format)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Print(ReadOnlySpan<byte> body)
    {
        if (format == OutputFormat.None)
            return;
        _buffer.Clear();
        Write(body, format, _buffer);
        output.Write(_buffer.WrittenSpan);
        output.Flush();
    }

    /// <summary>The bytes printed for a message.</summary>
    internal static void Write(ReadOnlySpan<byte> body, OutputFormat format, IBufferWriter<byte> target)
    {
        switch (format)
        {
            case OutputFormat.Raw:
                target.Write(body);
                break;
            case OutputFormat.Ascii:
                foreach (byte b in body)
                    target.Write([IsPrintable(b) ? b : (byte)'.']);
                break;
            case OutputFormat.Quoted:
                target.Write("\""u8);
                foreach (byte b in body)
                    WriteQuoted(b, target);
                target.Write("\"\n"u8);
                break;
            case OutputFormat.Hex:
                target.Write("\""u8);
                foreach (byte b in body)
                    WriteText($"\\x{b:x2}", target);
                target.Write("\"\n"u8);
                break;
            case OutputFormat.Msgpack:
                WriteMsgpackHead(body.Length, target);
                target.Write(body);
                break;
        }
    }

    private static bool IsPrintable(byte b) => b is >= 0x20 and < 0x7f;

    private static void WriteQuoted(byte b, IBufferWriter<byte> target)
    {
        switch (b)
        {
            case (byte)'\n':
                target.Write("\\n"u8);
                break;
            case (byte)'\r':
                target.Write("\\r"u8);
                break;
            case (byte)'\t':
                target.Write("\\t"u8);
                break;
            case (byte)'"' or (byte)'\\':
                target.Write([(byte)'\\', b]);
                break;
            default:
                if (IsPrintable(b))
                    target.Write([b]);
                else
                    WriteText($"\\x{b:x2}", target);
                break;
        }
    }

    private static void WriteText(string text, IBufferWriter<byte> target) => target.Write(Encoding.ASCII.GetBytes(text));

    private static void WriteMsgpackHead(int length, IBufferWriter<byte> target)
    {
        Span<byte> head = stackalloc byte[5];
        switch (length)
        {
            case < 256:
                head[0] = 0xc4;
                head[1] = (byte)length;
                target.Write(head[..2]);
                break;
            case < 65536:
                head[0] = 0xc5;
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)length);
                target.Write(head[..3]);
                break;
            default:
                head[0] = 0xc6;
                BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
                target.Write(head);
                break;
        }
    }
}
