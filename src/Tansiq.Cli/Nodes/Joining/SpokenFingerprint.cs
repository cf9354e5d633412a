using System.Security.Cryptography;
using System.Text;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary>
/// The fingerprint of a file as two people read it to each other by another way than the file came: SHA-256 in eight groups of eight digits, each said in the
/// words of the ICAO alphabet, which every officer knows in any language.
/// </summary>
internal static class SpokenFingerprint
{
    private const int GroupDigits = 8;

    private static readonly string[] Words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot"];

    /// <summary>The 64 digits.</summary>
    public static string Digits(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A line for each group: its digits, and how they are said.</summary>
    public static string Lines(ReadOnlySpan<byte> content)
    {
        var lines = new StringBuilder();
        foreach (var group in Digits(content).Chunk(GroupDigits))
            lines.Append("  ").Append(group).Append("  ").AppendJoin(' ', group.Select(digit => Words[Convert.ToInt32(digit.ToString(), 16)])).Append('\n');
        return lines.ToString();
    }

    /// <summary>Whether what somebody was told is the fingerprint: all of it, with or without spaces.</summary>
    public static bool IsOf(string told, ReadOnlySpan<byte> content) => string.Equals(told.Replace(" ", "", StringComparison.Ordinal), Digits(content), StringComparison.OrdinalIgnoreCase);
}
