namespace Tansiq.Storage.Private;

/// <summary>The tables of one capability in a node's private database.</summary>
/// <param name="Name">The capability; all its tables begin with it.</param>
/// <param name="Steps">Statements of SQL, each taken once in this order and never changed after a release: what comes later is added at the end.</param>
public sealed record PrivateSchema(string Name, IReadOnlyList<string> Steps);
