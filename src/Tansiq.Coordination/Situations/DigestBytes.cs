using System.Runtime.CompilerServices;

namespace Tansiq.Coordination.Situations;

/// <summary>The bytes of a <see cref="SituationDigest"/>, side by side in lists.</summary>
[InlineArray(SituationDigest.ByteCount)]
internal struct DigestBytes
{
    private byte _first;
}
