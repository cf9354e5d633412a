using System.Numerics;

namespace Tansiq.Coordination.Situations;

/// <summary>
/// Finds, of things that are numbered as they are added, those of a hash, the newest first. One thread at a time adds;
/// others search at any time without waiting, and pass by what they were not told of.
/// </summary>
internal sealed class HashChains
{
    private const int FirstCapacity = 64;

    private Table _table;
    private int _count;

    /// <param name="expectedCount">How many will be added at once, 0 or more.</param>
    public HashChains(int expectedCount = 0) => _table = new((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstCapacity, expectedCount)));

    /// <summary>Adds the next thing, whose number is the count of those before it.</summary>
    public void Add(int hash)
    {
        if (_count == _table.Capacity) Volatile.Write(ref _table, _table.Doubled());
        _table.Add(_count, hash);
        _count++;
    }

    /// <summary>The numbers of all things of that hash, the newest first.</summary>
    public Search Of(int hash) => new(Volatile.Read(ref _table), hash);

    /// <summary>A walk through the numbers of one hash.</summary>
    internal struct Search
    {
        private readonly Table _table;
        private readonly int _hash;
        private int _next;

        public Search(Table table, int hash)
        {
            _table = table;
            _hash = hash;
            _next = table.NewestIn(hash);
        }

        public int Current { get; private set; }

        public readonly Search GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next >= 0)
            {
                Current = _next;
                _next = _table.Before(_next);
                if (_table.HashOf(Current) == _hash) return true;
            }

            return false;
        }
    }

    /// <summary>Buckets of chains. A greater table gets chains of its own, so that who walks this one is not misled.</summary>
    internal sealed class Table(int capacity)
    {
        // One more than the newest number, so that zero means none.
        private readonly int[] _newest = new int[capacity];
        private readonly int[] _before = new int[capacity];
        private readonly int[] _hashes = new int[capacity];

        public int Capacity => capacity;

        public int NewestIn(int hash) => Volatile.Read(ref _newest[hash & (capacity - 1)]) - 1;

        public int Before(int number) => _before[number] - 1;

        public int HashOf(int number) => _hashes[number];

        public void Add(int number, int hash)
        {
            ref var newest = ref _newest[hash & (capacity - 1)];
            _hashes[number] = hash;
            _before[number] = newest;
            // Last: who reads the new number reads what was written for it before.
            Volatile.Write(ref newest, number + 1);
        }

        public Table Doubled()
        {
            var doubled = new Table(2 * capacity);
            for (var number = 0; number < capacity; number++) doubled.Add(number, _hashes[number]);
            return doubled;
        }
    }
}
