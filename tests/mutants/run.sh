#!/usr/bin/env bash
# Plants the faults of mutants.txt into a scratch copy, one at a time, and runs the tests that should notice.
# Prints a line for each; exit 1 when a mutant survives, 2 when the mutants or the build are at fault.
# usage: tests/mutants/run.sh [WORD…]    only mutants whose name or file holds a word
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TANSIQ_SHARED=${TANSIQ_SHARED:-$(cd "$root/.." && pwd)/shared}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
properties=(-p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:EnforceCodeStyleInBuild=false
  -p:GenerateDocumentationFile=false -v:quiet -clp:NoSummary)
geo=$scratch/src/Tansiq.Geo
tests=$scratch/tests/Tansiq.Geo.Tests
assembly=bin/Debug/net10.0

mkdir -p "$scratch/src" "$scratch/tests"
cp "$root"/{Directory.Build.props,Directory.Packages.props,BannedSymbols.txt,global.json,.editorconfig,Tansiq.slnx} "$scratch"
(cd "$root" && tar -c --exclude=bin --exclude=obj src/Tansiq.Geo tests/Tansiq.Geo.Tests tests/oracles) | tar -x -C "$scratch"

fault() {
  echo "mutants: $1" >&2
  exit 2
}

# Runs tests (CLASS.METHOD with stars, from the second argument on) in a folder with the tests and a library; 0 when all pass.
run_tests() {
  local folder=$1 filters=() test
  shift
  for test in "$@"; do filters+=(-method "*.$test"); done
  timeout 300 dotnet "$folder/Tansiq.Geo.Tests.dll" "${filters[@]}" >"$folder.log" 2>&1
}

# Says what became of a mutant; runs beside the build of the next. Only a test that failed kills: not a crash of the
# runner, not a filter that finds no test, not a machine that is too slow.
judge() {
  local folder=$1 name=$2 file=$3
  shift 3
  if run_tests "$folder" "$@"; then
    echo "SURVIVED  $name ($file)" | tee "$folder.survived"
  elif grep -q '\[FAIL\]' "$folder.log"; then
    echo "killed    $name"
  else
    echo "UNDECIDED $name ($file)" | tee "$folder.survived"
  fi
  rm -rf "$folder"
}

# Compiles the library with a fault in it: the compiler alone, with the arguments that the build gives it, for the build's own work takes longer.
compile() {
  (cd "$geo" && dotnet "$compiler" -noconfig "@$arguments" "-out:$mutant")
}

planted=0
plant() {
  local source=$geo/$file content mutated
  content=$(cat "$source" && echo .)
  content=${content%.}
  [[ $content == *"$before"* ]] || fault "$name: the text is not in $file"
  [[ ${content#*"$before"} != *"$before"* ]] || fault "$name: the text is in $file more than once"
  mutated=${content/"$before"/"$after"}
  printf '%s' "$mutated" >"$source"
  compile >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; fault "$name: does not build"; }
  planted=$((planted + 1))
  local folder=$scratch/run.$planted
  cp -r "$tests/$assembly" "$folder"
  cp "$mutant" "$folder/"
  while [[ $(jobs -rp | wc -l) -ge 2 ]]; do wait -n || true; done
  # shellcheck disable=SC2086
  judge "$folder" "$name" "$file" $noticing &
  printf '%s' "$content" >"$source"
}

wanted() {
  [[ $# -gt 0 ]] || return 0
  local word
  for word in "$@"; do [[ "$name $file" == *"$word"* ]] && return 0; done
  return 1
}

compiler=$(dotnet msbuild "$geo" -getProperty:RoslynTargetsPath)/bincore/csc.dll
arguments=$scratch/arguments
mutant=$scratch/mutant/Tansiq.Geo.dll
mkdir -p "$scratch/mutant"
dotnet restore "$tests" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; fault "the tests do not restore"; }
# Asked for before anything is built: of what is up to date there are none.
dotnet msbuild "$geo" -t:Compile -p:ProvideCommandLineArgs=true -p:SkipCompilerExecution=true "${properties[@]}" -getItem:CscCommandLineArgs >"$scratch/items"
python3 - "$scratch/items" >"$arguments" <<'PYTHON'
import json, sys
for item in json.load(open(sys.argv[1]))["Items"]["CscCommandLineArgs"]:
    argument = item["Identity"]
    if not argument.startswith(("/out:", "/noconfig", "/analyzer", "/refout:")):
        print(argument)
PYTHON
[[ -s $arguments ]] || fault "the compiler's arguments are not known"
dotnet build "$tests" "${properties[@]}" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; fault "the tests do not build"; }
# A test that fails without a fault would kill every mutant.
# shellcheck disable=SC2046
run_tests "$tests/$assembly" $(sed -n 's/^tests: //p' "$here/mutants.txt" | tr ' ' '\n' | sed 's/\..*/.*/' | sort -u) ||
  { cat "$tests/$assembly.log" >&2; fault "the tests fail without a mutant"; }

name='' file='' noticing='' before='' after='' part=''
finish() {
  if [[ -n $name ]] && wanted "$@"; then plant; fi
  name='' file='' noticing='' before='' after='' part=''
}
while IFS= read -r line || [[ -n $line ]]; do
  case $line in
    '#'*) ;;
    '') finish "$@" ;;
    'mutant: '*) name=${line#mutant: } ;;
    'file: '*) file=${line#file: } ;;
    'tests: '*) noticing=${line#tests: } ;;
    '- '*) part=before before=${line#- } ;;
    '+ '*) part=after after=${line#+ } ;;
    *) if [[ $part == before ]]; then before+=$'\n'$line; else after+=$'\n'$line; fi ;;
  esac
done <"$here/mutants.txt"
finish "$@"

wait
survivors=$(find "$scratch" -maxdepth 1 -name '*.survived' | wc -l)
echo "mutants: $((planted - survivors)) killed, $survivors not"
[[ $planted -gt 0 ]] || fault "none was planted"
[[ $survivors -eq 0 ]]
