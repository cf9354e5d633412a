namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>The fields of a NOTAM by their letters; empty where one is not there.</summary>
internal sealed class NotamFields
{
    private const string Letters = "QABCDE";

    private readonly Dictionary<char, string> _fields = [];

    /// <summary>The text of a field.</summary>
    public string this[char letter] => _fields.GetValueOrDefault(letter, "");

    /// <summary>
    /// Takes a NOTAM apart. Fields stand in the order Q, A to G; in the text of E also words such as <c>A)</c> may stand, and its
    /// limits are the last F) and the G) after it.
    /// </summary>
    /// <param name="body">What follows the header.</param>
    public static NotamFields Of(string body)
    {
        var fields = new NotamFields();
        var (letter, start) = ('\0', 0);
        foreach (var next in Letters)
        {
            if (Find(body, next, start) is not (>= 0 and var at)) continue;
            fields.Keep(letter, body[start..at]);
            (letter, start) = (next, at + 2);
        }

        fields.KeepText(letter, body[start..]);
        return fields;
    }

    private static int Find(string body, char letter, int start)
    {
        for (var at = body.IndexOf(letter + ")", start, StringComparison.Ordinal); at >= 0; at = body.IndexOf(letter + ")", at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || char.IsWhiteSpace(body[at - 1])) return at;
        }

        return -1;
    }

    private void KeepText(char letter, string rest)
    {
        if (rest.IndexOf("CREATED:", StringComparison.Ordinal) is >= 0 and var created) rest = rest[..created];
        var floor = LastMarker(rest, 'F');
        var ceiling = floor < 0 ? -1 : Find(rest, 'G', floor);
        if (ceiling < 0)
        {
            Keep(letter, rest);
            return;
        }

        Keep(letter, rest[..floor]);
        Keep('F', rest[(floor + 2)..ceiling]);
        Keep('G', rest[(ceiling + 2)..]);
    }

    private static int LastMarker(string text, char letter)
    {
        for (var at = text.LastIndexOf(letter + ")", StringComparison.Ordinal); at > 0; at = text.LastIndexOf(letter + ")", at - 1, StringComparison.Ordinal))
        {
            if (char.IsWhiteSpace(text[at - 1])) return at;
        }

        return -1;
    }

    private void Keep(char letter, string text)
    {
        if (letter != '\0') _fields[letter] = text.Trim();
    }
}
