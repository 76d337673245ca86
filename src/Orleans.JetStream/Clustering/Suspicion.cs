namespace Orleans.JetStream.Clustering;

/// <summary>A silo's vote that another is dead, as it is stored.</summary>
internal sealed record Suspicion(string Silo, DateTime At);
