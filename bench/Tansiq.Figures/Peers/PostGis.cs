using System.Globalization;
using NetTopologySuite.IO;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Tansiq.Geo;

namespace Tansiq.Figures.Peers;

/// <summary>PostGIS with the areas, points and probes of a workload, asked in two ways.</summary>
public sealed class PostGis : IDisposable
{
    private const int MostPrepared = 20_000;
    private const int MostJoined = 200_000;

    private readonly SpaceWorkload _workload;
    private readonly PostgresServer _server;
    private readonly NpgsqlConnection _connection;
    private int _process;

    private PostGis(SpaceWorkload workload, PostgresServer server, NpgsqlConnection connection)
    {
        _workload = workload;
        _server = server;
        _connection = connection;
    }

    /// <summary>The versions.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Each question as a prepared statement over the socket; and all of them in one join, by the server's own plan.</summary>
    public IReadOnlyList<ISpaceEngine> Engines => [new Way("PostGIS, prepared", Prepared), new Way("PostGIS, bulk join", Join)];

    /// <summary>Starts a server and fills it.</summary>
    /// <returns>The engine; null where no PostgreSQL with PostGIS is installed.</returns>
    /// <exception cref="InvalidOperationException">The server does not start.</exception>
    public static PostGis? Start(SpaceWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        if (PostgresServer.Programs() is not { } programs) return null;
        var server = PostgresServer.Start(programs);
        var connection = new NpgsqlConnection(server.ConnectionString);
        var engine = new PostGis(workload, server, connection);
        try
        {
            connection.Open();
            engine._process = connection.ProcessID;
            if (!engine.Fill())
            {
                engine.Dispose();
                return null;
            }

            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    private static string ConditionOf(SpaceQuestion question) => question switch
    {
        SpaceQuestion.PointInAreas or SpaceQuestion.DenseConflict => "st_intersects(a.outline, {0}.outline)",
        SpaceQuestion.PointInVolumes => "st_intersects(a.outline, {0}.outline) and a.low <= {0}.high and a.high >= {0}.low and a.during @> lower({0}.during)",
        _ => "st_intersects(a.outline, {0}.outline) and a.low <= {0}.high and a.high >= {0}.low and a.during && {0}.during",
    };

    private static string TableOf(SpaceQuestion question) =>
        question is SpaceQuestion.PointInAreas or SpaceQuestion.PointInVolumes ? "points" : "probes";

    private Reached Join(SpaceQuestion question)
    {
        var (table, condition) = (TableOf(question), ConditionOf(question));
        var asked = Convert.ToInt64(Scalar($"select count(*) from {table} where number < {MostJoined}"), CultureInfo.InvariantCulture);
        var meets = string.Format(CultureInfo.InvariantCulture, condition, "q");
        // Either side may go first; with the areas first an area is prepared once for all the points in it.
        return new[]
        {
            $"select count(*) from {table} q cross join lateral (select 1 from areas a where {meets} offset 0) found",
            $"select count(*) from areas a cross join lateral (select 1 from {table} q where {meets} offset 0) found",
        }.Select(query => Counted(query, (int)asked)).MaxBy(reached => reached.PerSecond)!;
    }

    private Reached Counted(string query, int asked)
    {
        var start = ProcessorClock.ProcessSeconds(_process);
        var hits = Convert.ToInt64(Scalar(query), CultureInfo.InvariantCulture);
        return new(asked, asked, hits, ProcessorClock.ProcessSeconds(_process) - start);
    }

    private Reached Prepared(SpaceQuestion question)
    {
        var (table, condition) = (TableOf(question), ConditionOf(question));
        var probe = "(select st_geomfromwkb($1) as outline, $2::bigint as low, $3::bigint as high, tstzrange($4, $5, '[]') as during)";
        using var command = new NpgsqlCommand($"select array_agg(a.number) from {probe} q join areas a on {string.Format(CultureInfo.InvariantCulture, condition, "q")}", _connection);
        foreach (var type in new[] { NpgsqlDbType.Bytea, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.TimestampTz, NpgsqlDbType.TimestampTz })
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        command.Prepare();
        var rows = (table == "points" ? _workload.Points.Select(Row.Of) : _workload.Probes.Select(Row.Of)).Take(MostPrepared).ToArray();
        var start = ProcessorClock.ProcessSeconds(_process);
        long hits = 0;
        foreach (var row in rows)
        {
            command.Parameters[0].Value = row.Geometry;
            command.Parameters[1].Value = row.Low;
            command.Parameters[2].Value = row.High;
            command.Parameters[3].Value = row.From;
            command.Parameters[4].Value = row.Until;
            if (command.ExecuteScalar() is int[] found) hits += found.Length;
        }

        return new(rows.Length, rows.Length, hits, ProcessorClock.ProcessSeconds(_process) - start);
    }

    private bool Fill()
    {
        if (Convert.ToInt64(Scalar("select count(*) from pg_available_extensions where name = 'postgis'"), CultureInfo.InvariantCulture) == 0) return false;
        Execute("create extension postgis");
        Version = $"PostGIS {Scalar("select postgis_lib_version()")} on PostgreSQL {_connection.PostgreSqlVersion}";
        foreach (var table in new[] { "areas", "points", "probes" })
        {
            Execute($"create table {table} (number int, outline geometry, low bigint, high bigint, during tstzrange)");
        }

        Copy("areas", _workload.Areas.Select(Row.Of));
        Copy("points", _workload.Points.Take(MostJoined).Select(Row.Of));
        Copy("probes", _workload.Probes.Select(Row.Of));
        foreach (var table in new[] { "areas", "points", "probes" })
        {
            Execute($"create index on {table} using gist (outline)");
            Execute($"create index on {table} using gist (outline, during)");
        }

        Execute("vacuum analyze areas");
        Execute("vacuum analyze points");
        Execute("vacuum analyze probes");
        return true;
    }

    private void Copy(string table, IEnumerable<Row> rows)
    {
        using var writer = _connection.BeginTextImport($"copy {table} from stdin");
        var number = 0;
        foreach (var row in rows)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{number++}\t{Convert.ToHexString(row.Geometry)}\t{row.Low}\t{row.High}\t[{row.From:O},{row.Until:O}{(row.From == row.Until ? ']' : ')')}\n"));
        }
    }

    private object? Scalar(string query)
    {
        using var command = new NpgsqlCommand(query, _connection);
        return command.ExecuteScalar();
    }

    private void Execute(string statement) => Scalar(statement);

    private sealed class Way(string name, Func<SpaceQuestion, Reached> measure) : ISpaceEngine
    {
        public string Name => name;

        public Reached Measure(SpaceQuestion question) => measure(question);
    }

    private sealed record Row(byte[] Geometry, long Low, long High, DateTime From, DateTime Until)
    {
        private static readonly WKBWriter Writer = new();

        public static Row Of(Volume volume) => new(
            Writer.Write(PlaneGeometry.Of(volume.Outline)), volume.Heights.Floor!.Value.Units, volume.Heights.Ceiling!.Value.Units,
            volume.Time.Start.ToDateTimeUtc(), volume.Time.End.ToDateTimeUtc());

        public static Row Of(AskedPoint point)
        {
            var at = point.At.ToDateTimeUtc();
            var place = new NetTopologySuite.Geometries.Point(point.Place.LongitudeE7, point.Place.LatitudeE7);
            return new(Writer.Write(place), point.Height.Units, point.Height.Units, at, at);
        }
    }
}
