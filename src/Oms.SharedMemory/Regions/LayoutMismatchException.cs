namespace Oms.SharedMemory.Regions;

/// <summary>
/// A file in shared memory was laid out by another version, or is no such file; it is not touched.
/// </summary>
public sealed class LayoutMismatchException(string message) : Exception(message);
