# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # the lists are used by who sources this
# Sourced by scripts/run and scripts/test: which packages they need, and how they get there.

build_packages="ca-certificates ccache cmake g++ git libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev libfmt-dev libminizip-dev
  libssl-dev libtinyxml2-dev libtomlplusplus-dev libxxhash-dev libyaml-cpp-dev libyaml-dev ninja-build nlohmann-json3-dev pkg-config zlib1g-dev"
test_packages="$build_packages clang-14 clang-format-14 clang-tidy-14 default-jre-headless groovy
  libclang-rt-14-dev libgmock-dev libgtest-dev libnet-nessus-rest-perl libxml2-utils python3 python3-jsonschema python3-pip python3-venv
  python3-yaml shellcheck unzip zip"

say() { printf '\n== %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Asks the package manager only when something is missing, so a second run needs neither root nor network.
install_packages() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  if [ -z "$missing" ]; then
    echo "nothing to install"
    return
  fi
  echo "installing:$missing"
  as_root apt-get update -qq
  # shellcheck disable=SC2086 # a list of words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
}

# The Python packages of the tests (moto, botocore, cfn-lint, the schemas of SARIF and OCSF) in build/venv. Made anew
# when the pinned versions, the system's Python or the folder have changed; else a second run needs no network. The stamp
# comes last: an environment that was cut off half-way is never taken for a whole one.
make_test_venv() {
  venv=build/venv
  sum=$({ pwd; /usr/bin/python3 --version; cat tests/requirements.txt; } | sha256sum)
  if [ "$(cat "$venv/requirements.sha256" 2>/dev/null)" = "$sum" ]; then
    echo "$venv is up to date"
    return
  fi
  rm -rf "$venv"
  /usr/bin/python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: -r tests/requirements.txt
  echo "$sum" > "$venv/requirements.sha256"
  echo "made $venv"
}

# Called once the packages are there. With paths seen from the repository, a fresh clone finds what another one compiled.
use_ccache() {
  command -v ccache > /dev/null || return 0
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=true
}
