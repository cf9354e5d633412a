using Tansiq.Geo.Text;
using Tansiq.Record;

namespace Tansiq.Coordination.Recording;

/// <summary>Where what the record says of itself becomes what the command says: the same four parts under one name.</summary>
public static class FaultRefusal
{
    /// <summary>A fault of a record as the refusal of an input.</summary>
    public static Refusal AsRefusal(this Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(fault.Code, fault.Where, JsonText.Shorten(fault.Found), fault.Expected);
    }

    /// <summary>A refusal of a text as a fault of a record.</summary>
    public static Fault AsFault(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(refusal.Code, refusal.Where, refusal.Found, refusal.Expected);
    }
}
