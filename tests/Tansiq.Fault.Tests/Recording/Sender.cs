using System.Globalization;

namespace Tansiq.Fault.Tests.Recording;

/// <summary>
/// Someone who sends entries to a record through crashes and remembers what was acknowledged: after each it sends again what was not,
/// and the last that was, to see that it is still there.
/// </summary>
/// <param name="entryOf">The entry of a number from 0: the same bytes each time, other ones than every other number's.</param>
internal sealed class Sender(Func<int, byte[]> entryOf)
{
    /// <summary>How many acknowledged entries are sent again at the beginning of each run.</summary>
    private const int SentAgain = 20;

    private readonly Dictionary<int, long> _indices = [];
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<int> _order = [];
    private readonly List<int> _unanswered = [];
    private int _next;

    /// <summary>How many entries were acknowledged.</summary>
    public int Acknowledged => _indices.Count;

    /// <summary>Acknowledgements that can't both be true: something acknowledged was lost, or is there twice.</summary>
    public List<string> Contradictions { get; } = [];

    /// <summary>The refusals of the last run, what stands after the dash; an entry that is refused is sent again.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>The acknowledged entries and the index of each.</summary>
    public IEnumerable<(byte[] Entry, long Index)> AcknowledgedEntries() => _indices.Select(known => (entryOf(known.Key), known.Value));

    /// <summary>Sends entries, many in flight, until the command ends, is killed, or has taken them all.</summary>
    /// <param name="run">The run of the command.</param>
    /// <param name="count">How many, those among them that were sent before and not acknowledged.</param>
    /// <param name="answered">Called after each answer with their count in this run and how many are expected; may kill the command.</param>
    public void Stream(AppendRun run, int count, Action<int, int>? answered = null)
    {
        Refusals.Clear();
        while (_unanswered.Count < count - 1) _unanswered.Add(_next++);
        // A new one comes first: it would take the place of an acknowledged one that is lost, which else came back to its own.
        _unanswered.Insert(0, _next++);
        int[] numbers = [_unanswered[0], .. _order.TakeLast(SentAgain), .. _unanswered[1..]];
        var sending = Task.Run(() =>
        {
            foreach (var number in numbers)
            {
                if (!run.Send(entryOf(number))) break;
            }

            run.EndOfEntries();
        });
        var answers = 0;
        while (run.ReadAnswer() is { } line)
        {
            answers.ShouldBeLessThan(numbers.Length, "more answers than entries");
            Take(numbers[answers], line);
            answers++;
            answered?.Invoke(answers, numbers.Length);
        }

        sending.GetAwaiter().GetResult();
        _unanswered.RemoveAll(_indices.ContainsKey);
    }

    /// <summary>Sends one entry and waits for its answer.</summary>
    /// <returns>Whether the command answered; false when it has ended.</returns>
    public bool Offer(AppendRun run)
    {
        if (_unanswered.Count == 0) _unanswered.Add(_next++);
        var number = _unanswered[0];
        if (!run.Send(entryOf(number)) || run.ReadAnswer() is not { } line) return false;
        Take(number, line);
        _unanswered.RemoveAll(_indices.ContainsKey);
        return true;
    }

    private void Take(int number, string line)
    {
        if (line.StartsWith("- ", StringComparison.Ordinal))
        {
            Refusals.Add(line[2..]);
            return;
        }

        var index = long.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture);
        if (_indices.TryAdd(number, index)) _order.Add(number);
        else if (_indices[number] != index) Contradictions.Add($"entry {number} was acknowledged at {_indices[number]} and then at {index}");
        if (!_numbers.TryAdd(index, number) && _numbers[index] != number)
            Contradictions.Add($"index {index} was acknowledged for entry {_numbers[index]} and then for entry {number}");
    }
}
