using System.Collections.Immutable;
using System.Security.Cryptography;
using Dapper;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Flights;

/// <summary>Held sites in the node's private database, and nowhere else.</summary>
internal sealed class HeldSitesKept(PrivateDatabase database)
{
    /// <summary>The most sites that a node holds.</summary>
    public const int MaximumSites = 10_000;

    private const int SecretBytes = 32;

    /// <summary>The tables, a step of the capability's schema.</summary>
    public const string Tables =
        """
        CREATE TABLE flights_held_site (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            category INTEGER NOT NULL,
            longitude_e7 INTEGER NOT NULL,
            latitude_e7 INTEGER NOT NULL,
            extent_metres INTEGER NOT NULL,
            valid_from INTEGER,
            valid_until INTEGER,
            readers TEXT NOT NULL,
            salt BLOB NOT NULL
        ) STRICT;
        CREATE TABLE flights_held_secret (secret BLOB NOT NULL) STRICT;
        """;

    /// <summary>All sites, by identifier.</summary>
    public List<HeldSite> All() => database.Read(connection => connection.Query<Row>("""
        SELECT id AS Id, name AS Name, category AS Category, longitude_e7 AS LongitudeE7, latitude_e7 AS LatitudeE7, extent_metres AS ExtentMetres,
            valid_from AS ValidFrom, valid_until AS ValidUntil, readers AS Readers, salt AS Salt
        FROM flights_held_site ORDER BY id
        """).Select(row => row.ToSite()).ToList());

    /// <summary>Keeps a site; the first of an identifier counts until it is withdrawn.</summary>
    /// <returns>Whether it is kept: not where its identifier is taken, or there are as many as there may be.</returns>
    public bool Add(HeldSite site) => database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO flights_held_site
        SELECT @Id, @Name, @Category, @Longitude, @Latitude, @ExtentMetres, @From, @Until, @Readers, @Salt
        WHERE (SELECT count(*) FROM flights_held_site) < @MaximumSites AND NOT EXISTS (SELECT 1 FROM flights_held_site WHERE id = @Id)
        """,
        new
        {
            Id = site.Id.Value, site.Name, Category = (int)site.Category, Longitude = site.Place.LongitudeE7, Latitude = site.Place.LatitudeE7, site.ExtentMetres,
            From = site.Validity.HasStart ? site.Validity.Start.ToUnixTimeMilliseconds() : (long?)null,
            Until = site.Validity.HasEnd ? site.Validity.End.ToUnixTimeMilliseconds() : (long?)null,
            Readers = string.Join(' ', site.Readers), Salt = site.Salt.ToArray(), MaximumSites,
        },
        transaction) == 1);

    /// <summary>Withdraws a site; what was kept of it is overwritten.</summary>
    public bool Remove(string id) => database.Write((connection, transaction) => connection.Execute("DELETE FROM flights_held_site WHERE id = @id", new { id }, transaction) == 1);

    /// <summary>The node's secret by which sites are blurred; made once.</summary>
    public byte[] Secret() => database.Write((connection, transaction) =>
    {
        if (connection.QuerySingleOrDefault<byte[]>("SELECT secret FROM flights_held_secret", transaction: transaction) is { } known) return known;
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        connection.Execute("INSERT INTO flights_held_secret (secret) VALUES (@secret)", new { secret }, transaction);
        return secret;
    });

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public long Category { get; init; }

        public long LongitudeE7 { get; init; }

        public long LatitudeE7 { get; init; }

        public long ExtentMetres { get; init; }

        public long? ValidFrom { get; init; }

        public long? ValidUntil { get; init; }

        public string Readers { get; init; } = "";

        public byte[] Salt { get; init; } = [];

        public HeldSite ToSite() => new()
        {
            Id = new(Id),
            Name = Name,
            Category = (SiteCategory)Category,
            Place = GeoPoint.FromE7(LatitudeE7, LongitudeE7),
            ExtentMetres = (int)ExtentMetres,
            Validity = new(Moment(ValidFrom), Moment(ValidUntil)),
            Readers = [.. Readers.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Salt = Salt,
        };

        private static Instant? Moment(long? milliseconds) => milliseconds is { } known ? Instant.FromUnixTimeMilliseconds(known) : null;
    }
}
