# SPDX-License-Identifier: Apache-2.0
"""The include rules of the layers: layers.py REPOSITORY. Prints each breach as file:line and exits 1."""
import pathlib
import re
import sys

LAYERS = {
    "base": {"base"},
    "model": {"model", "base"},
    "formats": {"formats", "model", "base"},
    "rules": {"rules", "model", "base"},
    "templates": {"templates", "model", "base"},
    "net": {"net", "base"},
    "services": {"services", "net", "formats", "model", "base"},
    "store": {"store", "model", "base"},
    "cli": {"cli", "net", "model", "base"},
}
EVERY_LAYER = set(LAYERS)

# Third-party headers and where alone they may be named.
FENCES = {
    "curl/": r"src/net/\w+\.cpp",
    "tinyxml2.h": r"src/formats/\w+\.cpp",
    "yaml-cpp/": r"src/formats/\w+\.cpp",
    "toml++/": r"src/formats/template_toml\.cpp",
    "yaml.h": r"src/formats/template_yaml\.cpp",
    "nlohmann/": r"src/((formats|net|services)/[\w/]+\.cpp|services/(aws/json_answer|code_hosts/answer|json_value|nessus/answer)\.hpp)",
    "openssl/": r"src/services/aws/digest\.cpp",
    "zlib.h": r"src/formats/\w+\.cpp",
    "minizip/": r"src/formats/\w+\.cpp",
    "xxhash.h": r"src/base/hash\.cpp",
    "immintrin.h": r"src/base/byte_set\.cpp",
    "CLI/": r"(src/cli|tools/[\w-]+)/\w+\.[ch]pp",
}
# What only the door to the outside may say.
ONLY_IN = {
    r"std::(cout|cerr|cin)\b": r"src/cli/run\.cpp",
    r"\bgetenv\(": r"src/cli/run\.cpp",
    r"(system|steady)_clock::now": r"src/cli/system_clock\.cpp",
}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)')


def layer_breach(path, target):
    folder = target.split("/")[0] if "/" in target else None
    if path.startswith("src/"):
        own = path.split("/")[1]
        if folder not in LAYERS.get(own, set()):
            return f"{own} may not include {target}"
    elif folder is not None and folder not in EVERY_LAYER:
        return f"a tool may not include {target}"
    return None


def breaches(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match and match[1] == '"':
            breach = layer_breach(path, match[2])
            if breach:
                yield number, breach
        if match:
            for header, allowed in FENCES.items():
                if match[2].startswith(header) and not re.fullmatch(allowed, path):
                    yield number, f"{match[2]} belongs behind the fence {allowed}"
        for word, allowed in ONLY_IN.items():
            if re.search(word, line) and not re.fullmatch(allowed, path):
                yield number, f"{re.search(word, line)[0]} belongs into {allowed}"


def main(root):
    files = sorted(p for top in ("src", "tools") for p in (root / top).rglob("*.[ch]pp"))
    if not files:
        sys.exit(f"no sources below {root}")
    found = 0
    for file in files:
        path = file.relative_to(root).as_posix()
        for number, breach in breaches(path, file.read_text()):
            print(f"{path}:{number}: {breach}")
            found += 1
    print(f"{len(files)} files, {found} breaches of the include rules")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
