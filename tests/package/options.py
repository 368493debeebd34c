#!/usr/bin/env python3
"""The man page and the completions say what the program says: every option of every command, and every word
that an option takes. The program's own help is the measure.

usage: options.py --program PATH/nergraph
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMPLETIONS = ROOT / "scripts/completions"
# Options whose argument is one word of a few, or a list of them, and the command that is asked.
WORD_OPTIONS = [("--color", "graph"), ("--types", "graph"), ("--states", "graph"), ("--scope", "graph"),
                ("--weight", "graph"), ("--distance", "draw"), ("--engine", "draw"), ("--size-by", "draw"),
                ("--by", "centrality"), ("--format", "centrality"), ("--format", "explain"), ("--format", "extract"),
                ("--format", "score")]

problems = []


def check(found, wanted, what):
    """Complains about each thing that is missing or too much."""
    problems.extend(f"{what}: {each} is missing" for each in sorted(wanted - found))
    problems.extend(f"{what}: {each} is not in the program" for each in sorted(found - wanted))


def run(arguments, **more):
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, **more)


def help_options(program):
    """command -> {(option, argument)}, as `nergraph help COMMAND` prints them."""
    overview = run([program, "--help"]).stdout.split("\n\n")
    commands = re.findall(r"^  ([a-z]+) +\S", next(p for p in overview if "centrality  " in p), re.M)
    options = {}
    for command in commands:
        options[command] = set()
        for letter, name, argument in re.findall(r"^  (?:(-\w),|   ) --([a-z-]+)(?: ([A-Z]+))?(?: |$)",
                                                 run([program, "help", command]).stdout, re.M):
            options[command] |= {(each, argument) for each in (letter, "--" + name) if each}
    return options


def man_options():
    """The same, from the section OPTIONS of the man page."""
    text = (ROOT / "docs/nergraph.1").read_text(encoding="utf-8")
    options, commands = {}, []
    for line in text[text.index("\n.Sh OPTIONS"):text.index("\n.Sh ENVIRONMENT")].splitlines():
        if m := re.match(r"\.Cm ([a-z ]+) :$", line):
            commands = m.group(1).split()
        elif line.startswith(".It "):
            argument = re.search(r"Ar ([A-Z]+)", line)
            for dash, name in re.findall(r"Fl (Fl )?([\w-]+)", line):
                for command in commands:
                    options.setdefault(command, set()).add(
                        (("--" if dash else "-") + name, argument.group(1) if argument else ""))
    return options


def zsh_options():
    """command -> {option}, from the groups of options in the file."""
    text = (COMPLETIONS / "_nergraph").read_text(encoding="utf-8")
    groups = {name: {option for entry in body.splitlines()
                     for option in re.findall(r"--?[a-z0-9][a-z-]*", entry.split("[")[0])}
              for name, body in re.findall(r"^    (\w+)=\(\n(.*?)^    \)", text, re.M | re.S)}
    options = {}
    for commands, names in re.findall(r"^    ([a-z|]+)\) options=\((.*?)\) ;;", text, re.M):
        for command in commands.split("|"):
            options[command] = set().union(*(groups[name.strip("$")] for name in names.split()))
    return options


def fish_options():
    """The same, from the lines of the file."""
    options = {}
    for line in (COMPLETIONS / "nergraph.fish").read_text(encoding="utf-8").splitlines():
        m = re.match(r"complete -c nergraph -n '__nergraph_on ([a-z ]+)'(?: -s (\w))? -l ([a-z-]+) ", line)
        for command in m.group(1).split() if m else []:
            options.setdefault(command, set()).update(
                {"--" + m.group(3)} | ({"-" + m.group(2)} if m.group(2) else set()))
    return options


def bash_replies(line, folder=None):
    """What bash would offer behind this line."""
    script = ('source "$1" && COMP_LINE=$2 COMP_POINT=${#2} && read -ra COMP_WORDS <<<"$2" && '
              'COMP_CWORD=${#COMP_WORDS[@]} && _nergraph && printf "%s\\n" "${COMPREPLY[@]}"')
    result = run(["bash", "-c", script, "bash", COMPLETIONS / "nergraph.bash", line], cwd=folder)
    if result.stderr:
        problems.append(f"bash: '{line}': {result.stderr.strip()}")
    return set(result.stdout.split())


def check_bash(wanted):
    for command, options in wanted.items():
        check(bash_replies(f"nergraph {command} -"), options, f"nergraph.bash, {command}")
    check(bash_replies("nergraph -"), wanted["centrality"], "nergraph.bash, without a command")
    check(bash_replies("nergraph help "), set(wanted), "nergraph.bash, help")
    with tempfile.TemporaryDirectory() as folder:
        for name in ["net.json", "news.jsonl", "graph.txt"]:
            pathlib.Path(folder, name).touch()
        for line, replies in [
                ("nergraph gr", {"graph", "graph.txt"}), ("nergraph extract ne", {"net.json", "news.jsonl"}),
                ("nergraph draw net.json --engine s", {"sfdp"}), ("nergraph graph --weight=d", {"documents"}),
                ("nergraph graph -o ne", {"net.json", "news.jsonl"}), ("nergraph graph -o json:net", {"net.json"}),
                ("nergraph graph --types +o", {"+organization"}), ("nergraph --by degree,pa", {"degree,pagerank", "degree,participation"}),
                ("nergraph graph --scope sentences:", {"3"}), ("nergraph --top ", set()),
                ("nergraph graph --raw", {"--raw-cells"}), ("nergraph extract --raw", set())]:
            check(bash_replies(line, folder), replies, f"nergraph.bash, '{line}'")


def check_words(program):
    """Every offered word is taken by the program, and every word that its message lists is offered."""
    for option, command in WORD_OPTIONS:
        offered = bash_replies(f"nergraph {command} {option} ")
        if not offered:
            problems.append(f"nergraph.bash: no words for {option}")
        for word in offered:
            if run([program, command, option, word, "--version"]).returncode != 0:
                problems.append(f"nergraph.bash: {option} {word} is refused by {command}")
        message = run([program, command, option, "xyzzy", "/dev/null", "x"][:6 if command == "explain" else 5]).stderr
        m = re.search(r"; use (?:one of )?(.*)", message)
        listed = set(re.split(r", | or ", m.group(1))) if m else set()
        check({re.sub(r":\d+", ":N", word) for word in offered}, listed or offered,
              f"nergraph.bash, {command} {option}")


def check_shells(wanted):
    """The files are well formed; fish is asked what it would offer."""
    for shell, name in [("bash", "nergraph.bash"), ("zsh", "_nergraph"), ("fish", "nergraph.fish")]:
        if not shutil.which(shell):
            print(f"{shell} is not installed: {name} is compared as text only")
            continue
        result = run([shell, "-n", COMPLETIONS / name])
        if result.returncode != 0:
            problems.append(f"{name}: {result.stderr.strip()}")
    if not shutil.which("fish"):
        return
    with tempfile.TemporaryDirectory() as home:
        for command, options in wanted.items():
            line = f"source {COMPLETIONS}/nergraph.fish; complete -C 'nergraph {command} -'"
            # a letter and its long name come as one line each
            found = {each.split("\t")[0] for each in run(
                ["fish", "--no-config", "-c", line], cwd=home,
                env={"HOME": home, "PATH": "/usr/bin:/bin"}).stdout.splitlines()}
            check(found, options, f"fish itself, {command}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    shown = help_options(program)
    if len(shown) < 7 or sum(map(len, shown.values())) < 100:
        sys.exit(f"the help could not be understood: {shown}")
    check({f"{command} {option} {argument}" for command, options in man_options().items()
           for option, argument in options},
          {f"{command} {option} {argument}" for command, options in shown.items()
           for option, argument in options}, "nergraph.1")
    wanted = {command: {option for option, _ in options} for command, options in shown.items()}
    for name, found in [("_nergraph", zsh_options()), ("nergraph.fish", fish_options())]:
        for command, options in wanted.items():
            check(found.get(command, set()), options, f"{name}, {command}")
    check_shells(wanted)
    if shutil.which("bash"):
        check_bash(wanted)
        check_words(program)
    print("\n".join(problems) if problems else f"{sum(map(len, wanted.values()))} options of {len(wanted)} commands")
    sys.exit(1 if problems else 0)


main()
