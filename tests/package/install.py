#!/usr/bin/env python3
"""Installs a build into a temporary folder and uses what is there as a stranger would: the program of
README.md is compiled through pkg-config and in a CMake project; the headers as C11 and as
C++; the installed nergraph draws with the installed nergraph-draw; the library exports what
scripts/exported_symbols.txt lists.

usage: install.py --build FOLDER --cmake PROGRAM --cc COMPILER [--sanitizers LIST]   (77: skipped)
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "graphs/strait-talks.txt"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
PROJECT = """cmake_minimum_required(VERSION 3.20)
project(consumer LANGUAGES C)
find_package(nergraph 0.1 REQUIRED)
add_executable(consumer program.c)
target_link_libraries(consumer PRIVATE nergraph::nergraph)
"""


def run(arguments, **more):
    """Runs, shows what was said if it failed, and ends the test then."""
    result = subprocess.run([str(each) for each in arguments], capture_output=True, text=True, timeout=300, **more)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}\n{result.stdout}{result.stderr}exit code {result.returncode}")
    return result.stdout


def expect(condition, message):
    if not condition:
        sys.exit(message)


def readme_program():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    m = re.search(r"^## As a library\n.*?^```c\n(.*?)^```", text, re.M | re.S)
    expect(m, "README.md: no ```c block after '## As a library'")
    return m.group(1)


def check_files(prefix, build):
    """The files that no other step opens."""
    if pathlib.Path(build, "nergraph-pdf").exists():  # where poppler-glib is there
        expect(os.access(prefix / "bin/nergraph-pdf", os.X_OK), "bin/nergraph-pdf is not installed")
        expect((prefix / "share/man/man1/nergraph-pdf.1").is_file(), "its manual is not installed")
    for name in ["bin/nergraph", "bin/nergraph-draw"]:
        expect(os.access(prefix / name, os.X_OK), f"{name} is not installed")
    for name in ["man/man1/nergraph.1", "man/man1/nergraph-draw.1", "zsh/site-functions/_nergraph",
                 "bash-completion/completions/nergraph", "bash-completion/completions/nergraph-draw",
                 "fish/vendor_completions.d/nergraph.fish", "fish/vendor_completions.d/nergraph-draw.fish"]:
        expect((prefix / "share" / name).is_file(), f"share/{name} is not installed")


def check_drawing(prefix, work):
    """The installed programs alone: nothing else of ours is on the way."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(work)}
    picture, graph = work / "net.svg", work / "net.json"
    run([prefix / "bin/nergraph", "graph", SAMPLE, "-o", picture, "-o", graph], env=env)
    expect("<svg" in picture.read_text(encoding="utf-8"), "the installed programs drew no SVG")
    told = work / "told" # beside nergraph stands this one now
    (prefix / "bin/nergraph-draw").rename(prefix / "bin/real")
    (prefix / "bin/nergraph-draw").write_text(f'#!/bin/sh\n: >"{told}"\nexec "{prefix}/bin/real" "$@"\n')
    (prefix / "bin/nergraph-draw").chmod(0o755)
    run([prefix / "bin/nergraph", "draw", graph, "-o", picture], env=env)
    expect(told.exists(), "nergraph did not start the nergraph-draw that stands beside it")


def check_symbols(library):
    """Exactly the functions that the headers declare, and the list in the repository."""
    exported = {line.split()[-1] for line in run(["nm", "-D", "--defined-only", library]).splitlines()}
    exported = {name for name in exported if not name.startswith("_")}
    headers = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "include/nergraph").glob("*.h")))
    headers = re.sub(r"/\*.*?\*/|^\s*#.*?$", "", headers, flags=re.S | re.M)
    declared = set(re.findall(r"NG_API[^;(]*?\b(ng_\w+)\s*\(", headers))
    listed = (ROOT / "scripts/exported_symbols.txt").read_text().split()
    expect(listed == sorted(listed), "scripts/exported_symbols.txt is not sorted")
    for what, names in [("the headers declare", declared), ("scripts/exported_symbols.txt lists", set(listed))]:
        expect(names == exported, f"{what} other functions than the library exports: "
                                  f"{' '.join(sorted(names ^ exported))}")


def main():
    parser = argparse.ArgumentParser()
    for name in ["--build", "--cmake", "--cc"]:
        parser.add_argument(name, required=True)
    parser.add_argument("--sanitizers", default="")
    options = parser.parse_args()
    if options.sanitizers:
        print(f"skipped: a library built with {options.sanitizers} sanitizers is not one to install")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="nergraph-package-") as folder:
        work = pathlib.Path(folder)
        prefix = work / "prefix"
        run([options.cmake, "--install", options.build, "--prefix", prefix])
        check_files(prefix, options.build)
        library = next(prefix.glob("lib*/**/libnergraph.so"), None) or next(prefix.glob("lib*/**/libnergraph.dylib"))
        env = {**os.environ, "PKG_CONFIG_PATH": f"{library.parent}/pkgconfig", "LD_LIBRARY_PATH": str(library.parent)}
        (work / "program.c").write_text(readme_program())
        shown = {}

        flags = run(["pkg-config", "--cflags", "--libs", "nergraph"], env=env).split()
        expect(f"-L{library.parent}" in [flag if not flag.startswith("-L") else "-L" + os.path.normpath(flag[2:])
                                         for flag in flags], f"pkg-config does not name the prefix: {flags}")
        run([options.cc, "-std=c11", *WARNINGS, work / "program.c", "-o", work / "shared", *flags], env=env)
        shown["pkg-config"] = run([work / "shared", SAMPLE], env=env)

        (work / "CMakeLists.txt").write_text(PROJECT)
        run([options.cmake, "-G", "Ninja", "-S", work, "-B", work / "cmake", f"-DCMAKE_PREFIX_PATH={prefix}",
             f"-DCMAKE_C_COMPILER={options.cc}"])
        run([options.cmake, "--build", work / "cmake"])
        shown["CMake"] = run([work / "cmake/consumer", SAMPLE])

        wanted = run([prefix / "bin/nergraph", "centrality", SAMPLE, "--top", "0", "--format", "json"])
        for how, output in shown.items():
            expect(output == shown["CMake"] and len(output.splitlines()) > 3, f"built with {how}, it says:\n{output}")
        for label in shown["CMake"].splitlines():
            expect(f'"{label}"' in wanted, f"the program of README.md finds {label}, nergraph does not")

        headers = [f"nergraph/{path.name}" for path in sorted((prefix / "include/nergraph").iterdir())]
        for header in headers:
            (work / "header.c").write_text(f"#include <{header}>\nint main(void)\n{{\n    return 0;\n}}\n")
            for language in [["-std=c11"], ["-x", "c++"]]:
                if language[0] == "-x" and not shutil.which("c++"):
                    print("no C++ compiler: the headers are not tried as C++")
                    continue
                compiler = options.cc if language[0] != "-x" else "c++"
                run([compiler, *language, *WARNINGS, f"-I{prefix}/include", "-fsyntax-only", work / "header.c"])
        check_symbols(library)
        check_drawing(prefix, work)
        print(f"installed and used: {len(headers)} headers, pkg-config, CMake, drawing")


main()
