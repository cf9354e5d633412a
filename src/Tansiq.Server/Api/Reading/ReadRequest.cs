using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Api.Reading;

/// <summary>A question to the picture: <em>known at</em> a size, <em>valid at</em> a moment, from some place of a list on.</summary>
internal sealed class ReadRequest
{
    /// <summary>The most items of one page.</summary>
    public const int MaximumLimit = 1_000;

    /// <summary>The items of one page where the caller does not say.</summary>
    public const int UsualLimit = 100;

    /// <summary>No page goes on beyond so many bytes: it ends early and says where it goes on.</summary>
    public const int FullPageBytes = 4 * 1024 * 1024;

    private ReadRequest(HttpContext context, NodePicture picture, QueryText query, Situation situation, Founding founding, Instant validAt)
    {
        Context = context;
        Picture = picture;
        Query = query;
        Situation = situation;
        Founding = founding;
        ValidAt = validAt;
    }

    /// <summary>The request.</summary>
    public HttpContext Context { get; }

    /// <summary>The newest picture, of which <see cref="Situation"/> is some size.</summary>
    public NodePicture Picture { get; }

    /// <summary>The parameters.</summary>
    public QueryText Query { get; }

    /// <summary>What was known at the size that is asked for, with as much of it joint as is now.</summary>
    public Situation Situation { get; }

    /// <summary>Its founding.</summary>
    public Founding Founding { get; }

    /// <summary>The moment that is asked for; the record's own time at that size where the caller does not say.</summary>
    public Instant ValidAt { get; }

    /// <summary>Where the page begins: an index on the record, or a number in the list.</summary>
    public long From { get; private init; }

    /// <summary>The most items of the page.</summary>
    public int Limit { get; private init; }

    /// <summary>Where the next page begins; null where this is the last. A list sets it.</summary>
    public long? Next { get; set; }

    /// <summary>The cursor of the next page; null where this is the last.</summary>
    public PageCursor? NextCursor => Next is { } next ? new(Situation.Size, Situation.JointSize, ValidAt, next) : null;

    /// <summary>The value of a part of the route.</summary>
    public string Route(string name) => Context.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>Reads a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="picture">The newest picture.</param>
    /// <param name="query">Its parameters.</param>
    /// <param name="isList">Whether it asks for a list, page by page.</param>
    public static Parsed<ReadRequest> Of(HttpContext context, NodePicture picture, QueryText query, bool isList)
    {
        if (picture.Situation is not { Founding: not null, Time: not null }) return new Refusal(ApiCodes.NotFounded, "", "a record without its founding and a time", "a founded record");
        var limit = (int)query.Number("limit", 1, MaximumLimit, UsualLimit);
        var cursor = isList ? Cursor(query, picture) : null;
        var size = cursor?.Size ?? KnownAt(query, picture);
        if (query.Refusal is { } refusal) return refusal;
        var known = picture.State.KnownAt(size);
        if (known is not { Founding: { } founding, Time: { } time })
        {
            query.Refuse("knownAt", query.Text("knownAt") ?? "", "a size or a moment at which the record was founded and had a time");
            return query.Refusal!;
        }

        var validAt = cursor?.ValidAt ?? query.Moment("validAt") ?? time;
        if (query.Refusal is { } malformed) return malformed;
        var situation = known.WithJointSize(Math.Min(size, Math.Min(picture.JointSize, cursor?.JointSize ?? long.MaxValue)));
        return new ReadRequest(context, picture, query, situation, founding, validAt) { From = cursor?.Next ?? 0, Limit = limit };
    }

    private static PageCursor? Cursor(QueryText query, NodePicture picture)
    {
        if (query.Text("cursor") is not { } text) return null;
        foreach (var name in (ReadOnlySpan<string>)["knownAt", "validAt"])
        {
            if (query.Text(name) is { } given) query.Refuse(name, given, "nothing: the cursor says it");
        }

        if (PageCursor.Parse(text) is { } cursor && cursor.Size <= picture.Size) return cursor;
        query.Refuse("cursor", text, "what an answer of this node gave as next");
        return null;
    }

    private static long KnownAt(QueryText query, NodePicture picture)
    {
        if (query.Text("knownAt") is not { } text) return picture.Size;
        if (QueryText.TryMoment(text, out var moment)) return picture.State.KnownAt(moment).Size;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= picture.Size) return size;
        query.Refuse("knownAt", text, string.Create(CultureInfo.InvariantCulture, $"a size from 0 to {picture.Size}, or a moment such as 2016-07-15T09:00:00Z"));
        return 0;
    }
}
