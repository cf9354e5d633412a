namespace Tansiq.Simulation.Tests;

/// <summary>A fault that is put into nodes to see whether the simulation finds it.</summary>
public enum PlantedFault
{
    None,

    /// <summary>A centre takes whatever the log shows, also where it contradicts what it holds.</summary>
    SkipConsistency,

    /// <summary>The office answers before its disk has what it answers for.</summary>
    AnswerBeforeCommit,

    /// <summary>A centre tells its officer that something was said before its disk has it.</summary>
    SayBeforeKept,

    /// <summary>A centre cosigns a checkpoint that it sees, without the entries.</summary>
    CosignWithoutHolding,

    /// <summary>A centre lets permissions have effect as soon as it holds them.</summary>
    IgnoreJoint,

    /// <summary>A centre lets permissions have effect though the record stands still.</summary>
    IgnoreStandstill,

    /// <summary>The office does not know a statement again.</summary>
    ForgetIdentities,

    /// <summary>A centre goes on cosigning though the record is forked.</summary>
    CosignForked,
}

/// <summary>What a node does that it must not.</summary>
public enum Lie
{
    None,
    OfficeForks,
    OfficeForksWithCentre,
    OfficeWithholds,
    OfficeReorders,
    OfficeBackdates,
    OfficeRollsBack,
    OfficeHidesFromOne,
    OfficeAnswersFalsely,
    OfficeFallsSilent,
    CentreShowsFalselyUnanswered,
    CentreClockWrong,
}
