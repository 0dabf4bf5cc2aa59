# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # the lists are used by who sources this
# Sourced by scripts/run and scripts/test: which Debian packages they need, and how they get there.

build_packages="ca-certificates ccache cmake g++ git libcli11-dev libfmt-dev libminizip-dev libtinyxml2-dev
  libxxhash-dev libyaml-cpp-dev ninja-build nlohmann-json3-dev pkg-config zlib1g-dev"
test_packages="$build_packages clang-14 clang-format-14 clang-tidy-14 default-jre-headless groovy
  libclang-rt-14-dev libgmock-dev libgtest-dev libxml2-utils python3 python3-jsonschema python3-pip python3-yaml
  shellcheck unzip zip"

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

if command -v ccache > /dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
