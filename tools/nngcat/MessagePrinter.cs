using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Nng.Tools.Nngcat;

/// <summary>Prints messages in one of the formats, each with one write.</summary>
internal sealed class MessagePrinter(OutputFormat format)
{
    /// <summary>Bytes of a body turned into text at a time.</summary>
    private const int PieceLength = 4096;

    /// <summary>The longest text of one byte: <c>\xhh</c>.</summary>
    private const int LongestEscape = 4;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Print(ReadOnlySpan<byte> body)
    {
        if (format == OutputFormat.None)
            return;
        _buffer.ResetWrittenCount();
        Write(body, format, _buffer);
        StandardOutput.Write(_buffer.WrittenSpan);
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
                WriteText(body, format, target);
                break;
            case OutputFormat.Quoted or OutputFormat.Hex:
                target.Write("\""u8);
                WriteText(body, format, target);
                target.Write("\"\n"u8);
                break;
            case OutputFormat.Msgpack:
                WriteMsgpackHead(body.Length, target);
                target.Write(body);
                break;
        }
    }

    private static void WriteText(ReadOnlySpan<byte> body, OutputFormat format, IBufferWriter<byte> target)
    {
        while (!body.IsEmpty)
        {
            ReadOnlySpan<byte> piece = body[..Math.Min(body.Length, PieceLength)];
            Span<byte> text = target.GetSpan(piece.Length * LongestEscape);
            int length = 0;
            foreach (byte b in piece)
                length += WriteByte(b, format, text[length..]);
            target.Advance(length);
            body = body[piece.Length..];
        }
    }

    private static int WriteByte(byte b, OutputFormat format, Span<byte> text)
    {
        bool isPrintable = b is >= 0x20 and < 0x7f;
        switch (format)
        {
            case OutputFormat.Ascii:
                text[0] = isPrintable ? b : (byte)'.';
                return 1;
            case OutputFormat.Quoted when Escape(b) is var letter and not 0:
                text[0] = (byte)'\\';
                text[1] = letter;
                return 2;
            case OutputFormat.Quoted when isPrintable:
                text[0] = b;
                return 1;
            default:
                text[0] = (byte)'\\';
                text[1] = (byte)'x';
                text[2] = Digit(b >> 4);
                text[3] = Digit(b & 15);
                return LongestEscape;
        }
    }

    /// <summary>What follows the backslash for a byte with a short escape, else 0.</summary>
    private static byte Escape(byte b) => b switch
    {
        (byte)'\n' => (byte)'n',
        (byte)'\r' => (byte)'r',
        (byte)'\t' => (byte)'t',
        (byte)'"' or (byte)'\\' => b,
        _ => 0,
    };

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private static void WriteMsgpackHead(int length, IBufferWriter<byte> target)
    {
        Span<byte> head = target.GetSpan(5);
        switch (length)
        {
            case < 256:
                head[0] = 0xc4;
                head[1] = (byte)length;
                target.Advance(2);
                break;
            case < 65536:
                head[0] = 0xc5;
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)length);
                target.Advance(3);
                break;
            default:
                head[0] = 0xc6;
                BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
                target.Advance(5);
                break;
        }
    }
}
