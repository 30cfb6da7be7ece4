using Xunit;

// Descriptors, threads and processor time of the whole process are counted: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
