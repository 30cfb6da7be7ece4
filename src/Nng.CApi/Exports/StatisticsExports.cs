using System;
using System.Runtime.InteropServices;

namespace Nng.CApi;

/// <summary>Chapter: statistics. The accessors are plain C over the nodes made here.</summary>
internal static unsafe class StatisticsExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_stats_get")]
    public static int Get(CStatNode** root)
    {
        try
        {
            *root = CStatNode.Copy(NngStatistics.Snapshot());
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
