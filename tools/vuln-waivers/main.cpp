// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"
#include "vuln_waivers.hpp"

int main(int argc, char** argv) { return patchbot::cli::run<patchbot::VulnWaivers>(argc, argv); }
