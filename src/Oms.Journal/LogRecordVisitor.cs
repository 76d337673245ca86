namespace Oms.Journal;

/// <summary>What recovery does with each record.</summary>
public delegate void LogRecordVisitor(LogRecord record);
