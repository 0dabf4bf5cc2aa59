// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"
#include "ec2_targets.hpp"

int main(int argc, char** argv) { return patchbot::cli::run<patchbot::Ec2Targets>(argc, argv); }
