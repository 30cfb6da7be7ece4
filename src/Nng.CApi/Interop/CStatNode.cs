using System.Runtime.InteropServices;

namespace Nng.CApi;

/// <summary><c>struct nng_stat</c> of native/stats.c.</summary>
internal unsafe struct CStatNode
{
    public byte* Name;
    public byte* Description;
    public byte* Text;
    public CStatNode* Next;
    public CStatNode* Child;
    public ulong Value;
    public ulong Timestamp;
    public int Type;
    public int Unit;

    /// <summary>A copy of a node and all below it on the C heap.</summary>
    public static CStatNode* Copy(StatNode source)
    {
        var node = (CStatNode*)NativeMemory.AllocZeroed((nuint)sizeof(CStatNode));
        node->Name = Utf8.Copy(source.Name);
        node->Description = Utf8.Copy(source.Description);
        node->Text = Utf8.Copy(source.Text);
        node->Value = (ulong)source.Value;
        node->Timestamp = (ulong)source.Timestamp;
        node->Type = (int)source.Type;
        node->Unit = (int)source.Unit;
        CStatNode** last = &node->Child;
        foreach (StatNode child in source.Children)
        {
            *last = Copy(child);
            last = &(*last)->Next;
        }

        return node;
    }
}
