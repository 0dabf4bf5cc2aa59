// SPDX-License-Identifier: Apache-2.0
#include "nessus_run.hpp"

int main(int argc, char** argv) { return patchbot::cli::run<patchbot::NessusRun>(argc, argv); }
