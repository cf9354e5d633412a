namespace Tansiq.Server.Hosting.Configuration;

/// <summary>Reads what a node takes at most.</summary>
internal static class LimitsReader
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The limits of the table <c>[limits]</c>, each within bounds of its own.</summary>
    public static NodeLimits Read(TomlTable table)
    {
        var standard = new NodeLimits();
        return new()
        {
            Connections = Number(table, "connections", 16, 65_536, standard.Connections),
            StreamsOfConnection = Number(table, "streams-of-connection", 8, 1_024, standard.StreamsOfConnection),
            BodyBytes = Number(table, "body-bytes", 65_536, 64 * Mebibyte, standard.BodyBytes),
            RequestLineBytes = Number(table, "request-line-bytes", 1_024, 65_536, standard.RequestLineBytes),
            HeaderBytes = Number(table, "header-bytes", 4_096, 65_536, standard.HeaderBytes),
            HeaderFields = Number(table, "header-fields", 16, 256, standard.HeaderFields),
            HeaderSeconds = Number(table, "header-seconds", 1, 60, standard.HeaderSeconds),
            IdleSeconds = Number(table, "idle-seconds", 5, 600, standard.IdleSeconds),
            BytesPerSecond = Number(table, "bytes-per-second", 1, Mebibyte, standard.BytesPerSecond),
            RequestsPerSecond = Number(table, "requests-per-second", 10, 100_000, standard.RequestsPerSecond),
            NodeRequestsPerSecond = Number(table, "node-requests-per-second", 100, 1_000_000, standard.NodeRequestsPerSecond),
            EndSeconds = Number(table, "end-seconds", 1, 120, standard.EndSeconds),
        };
    }

    private static int Number(TomlTable table, string name, int least, int greatest, int byDefault) => (int)table.Integer(name, least, greatest, byDefault);
}
