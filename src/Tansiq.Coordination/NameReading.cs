using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination;

/// <summary>Identifiers, words and sets of them as JSON members. What is refused is noted in the reading, and a stand-in is returned.</summary>
public static class NameReading
{
    /// <summary>The most identifiers of one list.</summary>
    public const int MaximumListLength = 1_000;

    /// <summary>An identifier; <see cref="Id{TEntity}.None"/> if refused.</summary>
    public static Id<T> Id<T>(this JsonCursor place) => place.Identifier() is { Length: > 0 } text ? new(text) : Coordination.Id<T>.None;

    /// <summary>One text in exactly the languages of the founding (AGR-1).</summary>
    public static Words Words(this JsonCursor place, IReadOnlyCollection<string> languages)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        place.Only([.. languages]);
        foreach (var language in languages) texts[language] = place[language].Text(Coordination.Words.MaximumLength);
        return new(texts.ToImmutable());
    }

    /// <summary>One text in whatever languages it has, 1 to 16.</summary>
    public static Words WordsOfAnyLanguage(this JsonCursor place)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var members = place.Members(FoundingReader.MaximumLanguages);
        if (members.Count == 0) place.Refuse("json.missing", "a text in at least one language");
        foreach (var (language, text) in members) texts[language] = text.Text(Coordination.Words.MaximumLength);
        return new(texts.ToImmutable());
    }

    /// <summary>A list of 1 to 1,000 different values; empty where the list is not there.</summary>
    public static ImmutableSortedSet<T> OptionalSet<T>(this JsonCursor place, Func<JsonCursor, T> read) =>
        place.Exists ? place.Set(read) : [];

    /// <summary>A list of 1 to 1,000 different values.</summary>
    public static ImmutableSortedSet<T> Set<T>(this JsonCursor place, Func<JsonCursor, T> read)
    {
        var values = ImmutableSortedSet.CreateBuilder<T>();
        foreach (var item in place.ItemsAtLeastOne(MaximumListLength))
        {
            if (!values.Add(read(item)) && !item.Reading.IsRefused) item.Refuse("json.duplicate-value", "each value once");
        }

        return values.ToImmutable();
    }

    /// <summary>An identifier that must be among those known.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="isKnown">Whether it is known.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="expected">What was expected.</param>
    public static Id<T> KnownId<T>(this JsonCursor place, Func<Id<T>, bool> isKnown, string code, string expected)
    {
        var id = place.Id<T>();
        if (!place.Reading.IsRefused && !isKnown(id)) place.Refuse(code, expected);
        return id;
    }

    /// <summary>The member <c>id</c>, which must not have been used before.</summary>
    /// <param name="holder">What has the member.</param>
    /// <param name="used">Those used before; this one is added.</param>
    public static Id<T> NewId<T>(this JsonCursor holder, ISet<Id<T>> used)
    {
        var id = holder["id"].Id<T>();
        if (!used.Add(id) && !holder.Reading.IsRefused) holder["id"].Refuse("json.duplicate-id", "an identifier that is used once");
        return id;
    }
}
