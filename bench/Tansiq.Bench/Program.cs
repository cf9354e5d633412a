using BenchmarkDotNet.Running;
using Tansiq.Bench;

if (args is ["--p99"])
{
    DecideBench.PrintPercentiles();
    return;
}

if (args is ["--fold"])
{
    FoldBench.PrintRate();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
