// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"
#include "junit_from_vulns.hpp"

int main(int argc, char** argv) { return patchbot::cli::run<patchbot::JunitFromVulns>(argc, argv); }
